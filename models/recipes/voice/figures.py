"""Calibration on out-of-fold outputs, and the figures of the card."""
import json
import os

import numpy as np
from scipy.optimize import minimize

from corpus import CATEGORIES, CATEGORY_OF_FINE, CIRCUMPLEX, CORPORA, WORK

MODES = ["alone", "balanced", "one-sided"]


def log_mix(out, weights):
    """Fine log scores from net logits and Gaussian logs; weights = (net, gaussian, neutral's factor, doubt)."""
    return weights[0] * out[:, :9] + weights[1] * out[:, 9:18]


def sure_probabilities(out, weights):
    """Fine probabilities before doubt."""
    l = log_mix(out, weights)
    q = np.exp(l - l.max(1, keepdims=True))
    return q / q.sum(1, keepdims=True)


def fine_probabilities(out, weights):
    q = sure_probabilities(out, weights)
    return (1 - weights[3]) * q + weights[3] / q.shape[1]


def category_probabilities(out, weights):
    """Seven categories; neutral, calm and boredom count with the factor weights[2], as three classes make one category."""
    q = sure_probabilities(out, weights) * np.where(CATEGORY_OF_FINE == 0, weights[2], 1)
    p = np.stack([q[:, CATEGORY_OF_FINE == c].sum(1) for c in range(7)], 1)
    return (1 - weights[3]) * p / p.sum(1, keepdims=True) + weights[3] / 7


def balance(category, corpus):
    """Weights that make every class of every corpus count alike."""
    keys, index, counts = np.unique([f"{a}{b}" for a, b in zip(corpus, category)], return_inverse=True, return_counts=True)
    w = 1 / counts[index]
    return w / w.sum()


def calibrate(clips, within, across, strangers):
    """Mixing weights by maximum likelihood: how net and Gaussian share on speakers left out of known corpora; temperature, neutral's
    factor and doubt on both, corpora left out weighing `strangers` of the whole: most recordings are from no corpus that was trained on."""
    found = {}
    for name, modes in (("alone", ["alone"]), ("baseline", ["balanced", "one-sided"])):
        known = stacked(clips, [(1, within[mode]) for mode in modes])
        net, gaussian, _ = np.exp(best_of(lambda x: loss(known, [*np.exp(x), 0]), np.log([.5, .1, .5])))
        both = stacked(clips, [(share, source[mode]) for share, source in ((1 - strangers, within), (strangers, across)) for mode in modes])
        mixing_of = lambda x: np.array([net * np.exp(x[0]), gaussian * np.exp(x[0]), np.exp(x[1]), 1 / (1 + np.exp(-x[2]))])
        found[name] = mixing_of(best_of(lambda x: loss(both, mixing_of(x)), [0, np.log(.5), -3])).tolist()
        print(f"mixing, strangers weigh {strangers},", name, np.round(found[name], 4))
    found["sd"] = calibrate_sd(clips, [(1 - strangers, within["alone"]), (strangers, across["alone"])], found["alone"])
    return found


def stacked(clips, parts):
    """(outputs, category, weight) of several (share, (rows, outputs)); the classes of each corpus weigh alike within a part."""
    columns = [(out, clips.category[rows], share * balance(clips.category[rows], clips.corpus[rows])) for share, (rows, out) in parts]
    return [np.concatenate(column) for column in zip(*columns)]


def loss(data, weights):
    out, truth, w = data
    p = category_probabilities(out, weights)
    return -(w * np.log(p[np.arange(len(truth)), truth] + 1e-9)).sum() / w.sum()


def best_of(function, start):
    return minimize(function, start, method="Nelder-Mead", options={"maxiter": 500}).x


def spread(p, affect):
    """Variance of the circumplex positions around the regressed point under the fine probabilities."""
    return (p[:, :, None] * (CIRCUMPLEX[None] - affect[:, None]) ** 2).sum(1)


def calibrate_sd(clips, parts, weights):
    rows, out = [np.concatenate(column) for column in zip(*[pair for _, pair in parts])]
    w = np.concatenate([np.full(len(pair[0]), share / len(pair[0])) for share, pair in parts])
    error2 = (out[:, 18:] - clips.proxy[rows]) ** 2
    v = spread(sure_probabilities(out, weights), out[:, 18:])

    def loss(x):
        s = np.exp(x[:2])[None] + np.exp(x[2]) * v
        return (w[:, None] * (np.log(s) + error2 / s)).sum()

    best = minimize(loss, [-2, -2, -1], method="Nelder-Mead", options={"maxiter": 300}).x
    sd = {"valence": float(np.exp(best[0] / 2)), "arousal": float(np.exp(best[1] / 2)), "spread": float(np.exp(best[2]))}
    print("sd", {k: round(x, 3) for k, x in sd.items()})
    return sd


def uar(truth, said):
    return np.mean([(said[truth == c] == c).mean() for c in np.unique(truth)])


def interval(truth, said, speaker, repeats=1000):
    """UAR and its 95 % interval: percentile bootstrap over speakers."""
    rng = np.random.default_rng(0)
    groups = [np.where(speaker == s)[0] for s in np.unique(speaker)]
    draws = []
    for _ in range(repeats):
        i = np.concatenate([groups[k] for k in rng.integers(0, len(groups), len(groups))])
        draws.append(uar(truth[i], said[i]))
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{uar(truth, said):.3f} [{low:.3f}, {high:.3f}] n={len(truth)}"


def ece(p, truth, bins=15):
    """Expected calibration error of the top category, equal-width bins (Guo et al. 2017)."""
    confidence, right = p.max(1), p.argmax(1) == truth
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum((index == b).mean() * abs(confidence[index == b].mean() - right[index == b].mean()) for b in np.unique(index))


def ccc(x, y):
    return 2 * np.cov(x, y, bias=True)[0, 1] / (x.var() + y.var() + (x.mean() - y.mean()) ** 2)


def report(clips, within, across, calibration):
    for title, source in (("speakers left out", within), ("corpus left out", across)):
        for corpus in CORPORA:
            for mode in MODES:
                rows, out = source[mode]
                mine = clips.corpus[rows] == corpus
                print_line(f"{title:18} {corpus:8} {mode:9}", clips, rows[mine], out[mine], calibration["alone" if mode == "alone" else "baseline"])
        rows, out = source["alone"]
        p = category_probabilities(out, calibration["alone"])
        print(f"{title:18} all      alone     ECE {ece(p, clips.category[rows]):.3f}",
              "confidence %.3f accuracy %.3f" % (p.max(1).mean(), (p.argmax(1) == clips.category[rows]).mean()),
              "CCC valence %.3f arousal %.3f" % tuple(ccc(out[:, 18 + k], clips.proxy[rows, k]) for k in range(2)), flush=True)


def report_strange_calibration(clips, within, across, strangers):
    """ECE on each corpus left out, calibrated without any clip of that corpus either."""
    for corpus in CORPORA:
        others = lambda found: {mode: tuple(part[clips.corpus[rows] != corpus] for part in (rows, out)) for mode, (rows, out) in found.items()}
        found = calibrate(clips, others(within), others(across), strangers)
        rows, out = [part[clips.corpus[across["alone"][0]] == corpus] for part in across["alone"]]
        p = category_probabilities(out, found["alone"])
        print(f"calibrated without {corpus} too: ECE {ece(p, clips.category[rows]):.3f} confidence {p.max(1).mean():.3f} "
              f"accuracy {(p.argmax(1) == clips.category[rows]).mean():.3f}", flush=True)


def report_held_out(clips, found, calibration):
    for mode in MODES:
        rows, out = found[mode]
        print_line(f"shipped, actors 17-20 {mode:9}", clips, rows, out, calibration["alone" if mode == "alone" else "baseline"])


def print_line(title, clips, rows, out, weights):
    p = category_probabilities(out, weights)
    fine = fine_probabilities(out, weights).argmax(1)
    truth, speaker = clips.category[rows], clips.speaker[rows]
    known = np.unique(truth)
    print(title, "fine UAR", interval(clips.fine[rows], fine, speaker), "| categories UAR", interval(truth, p.argmax(1), speaker),
          f"({len(known)}) ECE {ece(p, truth):.3f}", flush=True)


def write_predictions(clips, within, across, calibration):
    """Probabilities with the shipped calibration: speakers left out (alone, and against their own baseline), and corpora left out."""
    for source, mode, name in ((within, "alone", "voice_oof.jsonl"), (within, "balanced", "voice_oof_baseline.jsonl"), (across, "alone", "voice_unseen.jsonl")):
        weights = "alone" if mode == "alone" else "baseline"
        rows, out = source[mode]
        p = category_probabilities(out, calibration[weights])
        with open(os.path.join(WORK, "..", name), "w") as file:
            for row, q in zip(rows, p):
                file.write(json.dumps({"id": str(clips.id[row]), "speaker": str(clips.speaker[row]), "label": CATEGORIES[clips.category[row]],
                                       "probabilities": [round(float(v), 6) for v in q]}) + "\n")
