"""The field's measures."""
import numpy as np


def uar(truth, said):
    """Unweighted average recall: the mean over classes of the share that was found."""
    return np.mean([(said[truth == c] == c).mean() for c in np.unique(truth)])


def bootstrap(truth, guesses, speaker, repeats=1000):
    """[repeats] UAR of guesses[0], less that of guesses[1] where there is one; speakers are drawn."""
    _, who = np.unique(speaker, return_inverse=True)
    shape = (who.max() + 1, truth.max() + 1)
    table = lambda rows: np.bincount(who[rows] * shape[1] + truth[rows], minlength=shape[0] * shape[1]).reshape(shape)
    drawn = np.random.default_rng(0).integers(0, shape[0], (repeats, shape[0]))
    total = table(np.ones(len(truth), bool))[drawn].sum(1)
    recall = lambda said: np.divide(table(said == truth)[drawn].sum(1), total, out=np.full(total.shape, np.nan), where=total > 0)
    values = [np.nanmean(recall(said), 1) for said in guesses]
    return values[0] - values[1] if len(values) > 1 else values[0]


def interval(truth, said, speaker):
    """UAR and its 95 % interval in words: percentile bootstrap over speakers."""
    low, high = np.percentile(bootstrap(truth, [said], speaker), [2.5, 97.5])
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
