"""Dev figures of an English checkpoint while it trains; the shipped figures come from `attune evaluate`."""

import numpy as np

from metrics import best_threshold, sigmoid, weighted_f1


def r(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def figures(said: dict[str, dict[str, np.ndarray]], dev) -> dict[str, float]:
    """`said`: the outputs for each part of `dev`."""
    go, bank, tweets = said['go'], said['bank'], dev['intensity'].values
    threshold, f1 = best_threshold(dev['go'].fine, sigmoid(go['fine_logits']))
    single = dev['go'].category.max(1) == 1
    hit = (go['category_logits'].argmax(1) == dev['go'].category.argmax(1))[single]
    found = {'macro_f1_28': f1, 'threshold': threshold, 'accuracy_7': float(hit.mean())}
    for d, name in enumerate(('valence', 'arousal', 'dominance')):
        found[f'r_{name}'] = r(bank['vad_mean'][:, d], dev['bank'].vad[:, d])
    found['r_tweet_valence'] = r(said['valence']['vad_mean'][:, 0], dev['valence'].values[:, 0])
    each = [r(said['intensity']['intensity'][k, c], tweets[k, c]) for c in range(tweets.shape[1]) for k in [~np.isnan(tweets[:, c])]]
    found['r_intensity'] = float(np.mean(each))
    for name in ('meld', 'emory', 'daily'):
        truth = np.array([u.category for u in dev[name]])
        found[f'weighted_f1_{name}'] = weighted_f1(truth, said[name]['talk_logits'].argmax(1))
    return {k: round(v, 4) for k, v in found.items()}
