"""Dev figures of a Chinese checkpoint while it trains; the shipped figures come from `attune evaluate`."""

import numpy as np

from english_figures import r
from metrics import macro_f1, weighted_f1
from weibo import SMP, sets


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


def figures(said: dict[str, dict[str, np.ndarray]], dev) -> dict[str, float]:
    """`said`: the outputs for each part of `dev`."""
    vad, rated = said['reviews']['vad_mean'], dev['reviews'][1]
    found = {
        'clue_accuracy': clue_accuracy(said['clue']['weibo_logits'], dev['clue'].allowed),
        'smp_macro_f1': smp_macro_f1(said['smp']['weibo_logits'], dev['smp'].allowed),
        'r_valence': r(vad[:, 0], rated[:, 0]),
        'r_arousal': r(vad[:, 1], rated[:, 1]),
        'weighted_f1_daily': weighted_f1(np.array([u.category for u in dev['daily']]), said['daily']['talk_logits'].argmax(1)),
    }
    return {k: round(v, 4) for k, v in found.items()}
