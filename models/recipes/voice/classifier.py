"""Linear readings of latent vectors: nine fine classes by logistic regression and by Gaussian classes together, and affect by ridge regression."""
import numpy as np
from scipy.optimize import minimize

from corpus import CORPORA

CLASSES = 9
# A class that a corpus never asked its actors for is unlikely there, not impossible: its logit is lowered by this much in training.
ABSENT = -2
# With a hard mask instead, nothing taught the model what such a class does not sound like: nEMO was read as boredom.
CLASS_PENALTY, AFFECT_PENALTY = 6e-3, 1e-2


def sample_weights(clips):
    """Classes of a corpus weigh alike, and a corpus weighs as the square root of its size; their mean is one."""
    weight = np.zeros(len(clips["fine"]))
    for corpus in np.unique(clips["corpus"]):
        mine = clips["corpus"] == corpus
        for c in np.unique(clips["fine"][mine]):
            same = mine & (clips["fine"] == c)
            weight[same] = np.sqrt(mine.sum()) / len(np.unique(clips["fine"][mine])) / same.sum()
    return weight / weight.mean()


def lowered(clips):
    """[n, 9] what is added to the logits in training."""
    table = np.full((len(CORPORA), CLASSES), ABSENT, np.float32)
    for k, corpus in enumerate(CORPORA):
        table[k, np.unique(clips["fine"][clips["corpus"] == corpus])] = 0
    return table[[CORPORA.index(c) for c in clips["corpus"]]]


def fit(Z, clips):
    """[D + 1, 11]: weights and, in the last row, biases of nine logits, valence and arousal."""
    weight = sample_weights(clips)
    weight = (weight / weight.sum()).astype(np.float32)
    F = np.hstack([Z, np.ones((len(Z), 1))]).astype(np.float32)
    return np.hstack([fit_classes(F, clips, weight), fit_affect(F, clips, weight)]).astype(np.float32)


def fit_classes(F, clips, weight, rounds=45):
    added, truth = lowered(clips), np.eye(CLASSES, dtype=np.float32)[clips["fine"]]
    penalty = np.full((F.shape[1], 1), CLASS_PENALTY, np.float32)
    penalty[-1] = 1e-5

    def loss(x):
        W = x.reshape(-1, CLASSES).astype(np.float32)
        p = softmax(F @ W + added)
        value = -(weight * np.log((p * truth).sum(1) + 1e-20)).sum() + .5 * (penalty * W * W).sum()
        return float(value), (F.T @ ((p - truth) * weight[:, None]) + penalty * W).ravel().astype(float)

    start = np.zeros(F.shape[1] * CLASSES)
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x.reshape(-1, CLASSES)


def fit_affect(F, clips, weight):
    penalty = AFFECT_PENALTY * np.eye(F.shape[1])
    penalty[-1, -1] = 0
    weighted = F * weight[:, None]
    return np.linalg.solve(weighted.T @ F + penalty, weighted.T @ clips["proxy"])


# How the Gaussian classes' covariance is drawn towards a multiple of the identity, and what they weigh beside the regression.
SHRINKAGE, GAUSSIAN_SHARE, TOGETHER = .3, .6, 1.3


def with_gaussian(W, means, covariance, seen):
    """The weights W with the logits of Gaussian classes of one covariance added: what these know of voices, no regression learns."""
    width = len(covariance)
    level = np.trace(covariance) / width
    shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * level * np.eye(width)
    G = np.linalg.solve(shrunk, means.T)
    bias = -.5 * (means.T * G).sum(0)
    bias[~np.isin(np.arange(CLASSES), seen)] = -20
    both = W.copy()
    both[:, :CLASSES] = (W[:, :CLASSES] + GAUSSIAN_SHARE * np.vstack([G, bias])) / TOGETHER
    return both


def read(Z, W):
    return Z @ W[:-1] + W[-1]


def softmax(logits):
    p = np.exp(logits - logits.max(1, keepdims=True))
    return p / p.sum(1, keepdims=True)
