"""Dev figures of an English checkpoint while it trains; the shipped figures come from `attune evaluate`."""

import numpy as np
import torch

from metrics import best_threshold, sigmoid, weighted_f1


def predict(model, rows, items: list[tuple[str, list[str]]]) -> dict[str, np.ndarray]:
    """All outputs for all (text, context), in the order given."""
    model.eval()
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]) + min(180, sum(map(len, items[i][1]))))
    found: dict[str, np.ndarray] = {}
    with torch.no_grad():
        for start in range(0, len(order), 64):
            chosen = order[start : start + 64]
            for name, value in model(*rows.batch([items[i] for i in chosen])).items():
                found.setdefault(name, np.zeros((len(items), value.shape[1]), dtype=np.float32))[chosen] = value.float().numpy()
    return found


def alone(texts: list[str]) -> list[tuple[str, list[str]]]:
    return [(t, []) for t in texts]


def r(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def figures(model, rows, dev) -> dict[str, float]:
    go, bank = predict(model, rows, alone(dev['go'].texts)), predict(model, rows, alone(dev['bank'].texts))
    threshold, f1 = best_threshold(dev['go'].fine, sigmoid(go['fine_logits']))
    single = dev['go'].category.max(1) == 1
    hit = (go['category_logits'].argmax(1) == dev['go'].category.argmax(1))[single]
    found = {'macro_f1_28': f1, 'threshold': threshold, 'accuracy_7': float(hit.mean())}
    for d, name in enumerate(('valence', 'arousal', 'dominance')):
        found[f'r_{name}'] = r(bank['vad_mean'][:, d], dev['bank'].vad[:, d])
    found['r_tweet_valence'] = r(predict(model, rows, alone(dev['valence'].texts))['vad_mean'][:, 0], dev['valence'].values[:, 0])
    strength, rated = predict(model, rows, alone(dev['intensity'].texts))['intensity'], dev['intensity'].values
    each = [r(strength[k, c], rated[k, c]) for c in range(4) for k in [~np.isnan(rated[:, c])]]
    found['r_intensity'] = float(np.mean(each))
    for name in ('meld', 'emory', 'daily'):
        out = predict(model, rows, [(u.text, u.context) for u in dev[name]])
        truth = np.array([u.category for u in dev[name]])
        found[f'weighted_f1_{name}'] = weighted_f1(truth, out['talk_logits'].argmax(1))
    return {k: round(v, 4) for k, v in found.items()}
