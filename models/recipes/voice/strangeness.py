"""How unlike everything that was trained on a clip is: the distance to the nearest known corpus (Lee et al. 2018, section 2.1).

A corpus is a Gaussian in its DIRECTIONS strongest directions of the latent space. Voices of a corpus never heard lie several times as
far out as unknown speakers of known ones, and so do music, noise and other languages.
"""
import numpy as np
from scipy.linalg import eigh

from corpus import CORPORA

# Of 48 directions a corpus left out (nEMO) lay hardly farther out than unknown speakers: how a room and a microphone sound is in the weaker ones.
DIRECTIONS = 256


class Strangeness:
    def __init__(self, Z, corpus):
        self.centres, self.turns = [], []
        for name in CORPORA:
            mine = Z[corpus == name]
            if len(mine) == 0:
                continue
            centre = mine.mean(0)
            n = Z.shape[1]
            power, vectors = eigh(np.cov((mine - centre).T), subset_by_index=[n - DIRECTIONS, n - 1])
            self.centres.append(centre)
            self.turns.append((vectors / np.sqrt(power * DIRECTIONS)).astype(np.float32))

    def of(self, Z):
        """[n] mean squared standardised distance to the nearest corpus: about one for what is known."""
        return np.min([(((Z - centre) @ turn) ** 2).sum(1) for centre, turn in zip(self.centres, self.turns)], 0)
