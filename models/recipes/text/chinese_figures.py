"""Dev figures of a Chinese checkpoint while it trains; the shipped figures come from `attune evaluate`."""

import numpy as np

from english_figures import alone, predict, r
from metrics import macro_f1, weighted_f1
from weibo import SMP, WEIBO, sets


def clue_accuracy(logits: np.ndarray, allowed: np.ndarray) -> float:
    """CLUE has no "none": the best of the other seven classes."""
    return float((logits[:, 1:].argmax(1) == allowed[:, 1:].argmax(1)).mean())


def smp_macro_f1(logits: np.ndarray, allowed: np.ndarray) -> float:
    """Six classes, each the sum of the classes that it may mean."""
    groups = sets(list(SMP.values()))
    p = np.exp(logits - logits.max(1, keepdims=True))
    guess = (p @ groups.T).argmax(1)
    truth = np.array([next(k for k, g in enumerate(groups) if (g == a).all()) for a in allowed])
    return macro_f1(np.eye(6)[truth], np.eye(6)[guess])


def figures(model, rows, dev, spread: float) -> dict[str, float]:
    weibo = lambda part: predict(model, rows, alone(part.texts))['weibo_logits']
    texts, rated = dev['reviews']
    vad = predict(model, rows, alone(texts))['vad_mean']
    pairs, targets = dev['pairs']
    near = predict(model, rows, alone([z for z, _ in pairs]))['pooled']
    talk = predict(model, rows, [(u.text, u.context) for u in dev['daily']])['talk_logits']
    found = {
        'clue_accuracy': clue_accuracy(weibo(dev['clue']), dev['clue'].allowed),
        'smp_macro_f1': smp_macro_f1(weibo(dev['smp']), dev['smp'].allowed),
        'r_valence': r(vad[:, 0], rated[:, 0]),
        'r_arousal': r(vad[:, 1], rated[:, 1]),
        'distance_to_english': float(((near - targets[:, :384]) ** 2).mean() / spread),
        'weighted_f1_daily': weighted_f1(np.array([u.category for u in dev['daily']]), talk.argmax(1)),
    }
    return {k: round(v, 4) for k, v in found.items()}
