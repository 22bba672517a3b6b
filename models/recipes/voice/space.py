"""The latent space: every block of features standardised and turned into its principal directions, unwhitened.

Whitening makes directions that carry nothing as loud as those that carry emotion; left as they are, distances and linear readings
stay what they were among all 3,540 features, in a quarter of the numbers.
"""
import numpy as np
from scipy.linalg import eigh

from corpus import LAYER_FEATURES, USED_LAYERS

LAYER_DIRECTIONS, PROSODY_DIRECTIONS, CLIP = 128, 60, 6


class Space:
    """Features [n, 3540] to latent vectors [n, D]; the mean variance of a latent coordinate is about one."""

    def __init__(self, X):
        self.mean, self.scale = X.mean(0), X.std(0) + 1e-4
        S = self.standard(X)
        layers = [slice(k * LAYER_FEATURES, (k + 1) * LAYER_FEATURES) for k in range(len(USED_LAYERS))]
        self.blocks = [(block, directions(S[:, block], LAYER_DIRECTIONS)) for block in layers]
        prosody = slice(layers[-1].stop, X.shape[1])
        self.blocks.append((prosody, directions(S[:, prosody], PROSODY_DIRECTIONS)))
        gain = 1 / np.sqrt(self.project(X).var(0).mean())
        self.blocks = [(block, (gain * turn).astype(np.float32)) for block, turn in self.blocks]

    def standard(self, X):
        return np.clip((X - self.mean) / self.scale, -CLIP, CLIP)

    def project(self, X):
        S = self.standard(X)
        return np.hstack([S[:, block] @ turn for block, turn in self.blocks]).astype(np.float32)


def directions(S, count):
    """[columns, count]: a block weighs alike whatever its number of columns."""
    n = S.shape[1]
    _, vectors = eigh(S.T @ S / len(S), subset_by_index=[n - count, n - 1])
    return vectors[:, ::-1] / np.sqrt(n)
