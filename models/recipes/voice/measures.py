"""The field's measures."""
import numpy as np


def uar(truth, said):
    """Unweighted average recall: the mean over classes of the share that was found."""
    return np.mean([(said[truth == c] == c).mean() for c in np.unique(truth)])


def interval(truth, said, speaker, repeats=1000):
    """UAR and its 95 % interval: percentile bootstrap over speakers."""
    _, who = np.unique(speaker, return_inverse=True)
    table = lambda rows: np.histogram2d(who[rows], truth[rows], bins=(who.max() + 1, truth.max() + 1), range=((-.5, who.max() + .5), (-.5, truth.max() + .5)))[0]
    total, found = table(np.ones(len(truth), bool)), table(said == truth)
    drawn = np.random.default_rng(0).integers(0, len(total), (repeats, len(total)))
    totals, founds = total[drawn].sum(1), found[drawn].sum(1)
    recalls = np.divide(founds, totals, out=np.full_like(totals, np.nan), where=totals > 0)
    low, high = np.percentile(np.nanmean(recalls, 1), [2.5, 97.5])
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
