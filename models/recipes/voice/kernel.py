"""What no linear reading hears: ridge regression of the classes with a Gaussian kernel on the training clips themselves.

Saunders, Gammerman and Vovk 1998, "Ridge regression learning algorithm in dual variables", with a weight for each clip. The same clips are
read twice: as they are, and less their speakers' offsets.
"""
from functools import cached_property

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from classifier import CLASSES, sample_weights

# The two last layers know words rather than voices: without them the kernel reads unknown speakers better.
LEFT_OUT = slice(512, 768)
BANDWIDTH, PENALTY = .25, .3
# A class found for certain is worth this many nats beside the linear readings' logits.
NATS = 16
# A clip alone that is as strange as NEAR is told by the kernel half as loud, and sooner or later nothing: far from all training clips
# the linear readings are the better ones. Less the speaker's offset, the kernel is the better one anywhere.
NEAR, FADING = 1.25, 10


class Kernel:
    """Z [n, D] latent vectors and offsets [speakers, D], of which clip i has offsets[who[i]]."""

    def __init__(self, Z, clips, offsets, who, blocks):
        self.columns = np.delete(np.arange(Z.shape[1]), LEFT_OUT)
        self.unit = np.float32(1 / np.sqrt(Z.shape[1] / blocks))
        # As the file keeps them: half precision.
        self.support = self.near(Z).astype(np.float16)
        self.offsets, self.who = self.near(offsets), who
        support = self.support.astype(np.float32)
        self.alone = coefficients(support, clips)
        self.own = coefficients(support - self.offsets[who], clips)

    def near(self, Z):
        return Z[:, self.columns] * self.unit

    @cached_property
    def supports(self):
        """The training clips as they are, and less their speakers' offsets."""
        support = self.support.astype(np.float32)
        return Support(support), Support(support - self.offsets[self.who])

    def read_alone(self, Z, strangeness):
        """[n, 11] what the kernel adds to the linear readings of clips of a given strangeness [n]."""
        heard = 1 / (1 + (strangeness / NEAR) ** FADING)
        return heard[:, None] * (self.supports[0].similarity(self.near(Z)) @ self.alone)

    def read_own(self, Z):
        """The same for latent vectors less their speaker's offset."""
        return self.supports[1].similarity(self.near(Z)) @ self.own


class Support:
    """Training clips [m, d], and the Gaussian kernel between them and others."""

    def __init__(self, rows):
        self.rows, self.norms = rows, (rows * rows).sum(1)

    def similarity(self, A):
        """[n, m]"""
        found = A @ self.rows.T
        found -= .5 * ((A * A).sum(1)[:, None] + self.norms)
        found *= BANDWIDTH
        return np.exp(found, out=found)


def coefficients(support, clips):
    """[n, 11]: nine logits, and nothing of valence and arousal."""
    weight, classes = sample_weights(clips), np.eye(CLASSES)[clips["fine"]]
    K = Support(support).similarity(support)
    K[np.diag_indices(len(K))] += (PENALTY / weight).astype(np.float32)
    found = cho_solve(cho_factor(K, overwrite_a=True), (classes - np.average(classes, axis=0, weights=weight)).astype(np.float32))
    return np.pad(NATS * found, ((0, 0), (0, 2)))
