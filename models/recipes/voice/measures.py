"""The field's measures."""
import numpy as np


def uar(truth, said):
    """Unweighted average recall: the mean over classes of the share that was found."""
    return np.mean([(said[truth == c] == c).mean() for c in np.unique(truth)])


def interval(truth, said, speaker, repeats=300):
    """UAR and its 95 % interval: percentile bootstrap over speakers."""
    rng = np.random.default_rng(0)
    groups = [np.where(speaker == s)[0] for s in np.unique(speaker)]
    draws = []
    for _ in range(repeats):
        i = np.concatenate([groups[k] for k in rng.integers(0, len(groups), len(groups))])
        draws.append(uar(truth[i], said[i]))
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{uar(truth, said):.3f} [{low:.3f}, {high:.3f}]"


def ece(p, truth, bins=15):
    """Expected calibration error of the top category, equal-width bins (Guo et al. 2017)."""
    confidence, right = p.max(1), p.argmax(1) == truth
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum((index == b).mean() * abs(confidence[index == b].mean() - right[index == b].mean()) for b in np.unique(index))


def accuracy_at(p, truth, coverage):
    """Accuracy of the surest `coverage` of all answers."""
    kept = np.argsort(-p.max(1))[: round(coverage * len(p))]
    return (p[kept].argmax(1) == truth[kept]).mean()


def ccc(x, y):
    """Concordance correlation coefficient (Lin 1989)."""
    return 2 * np.cov(x, y, bias=True)[0, 1] / (x.var() + y.var() + (x.mean() - y.mean()) ** 2)
