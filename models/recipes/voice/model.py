"""One trained voice model: the space, the linear and the kernel readings, the statistics of voices, and the measure of strangeness."""
import numpy as np

import classifier
from classifier import read, softmax
from kernel import Kernel
from space import Space
from speakers import Speakers
from strangeness import Strangeness

ROUNDS = 4


class Model:
    """Trained on the plain clips of `train` and the augmented copies of the same speakers."""

    def __init__(self, plain, copies, train):
        rows = np.where(train & lighter(plain))[0]
        own = plain.part(rows)
        same = np.isin(copies.speaker, np.unique(plain.speaker[train]))
        self.space = Space(plain.X[rows])
        Z, C = self.space.project(plain.X[rows]), self.space.project(copies.X[same])
        copied = copies.part(same)
        both = {key: np.concatenate([own[key], copied[key]]) for key in own}
        alone = classifier.fit(np.concatenate([Z, C]), both)
        self.speakers = Speakers(Z, own)
        self.strangeness = Strangeness(np.concatenate([Z, C]), both["corpus"])
        centred, offsets = self.less_offsets(Z, own)
        self.add_gaussians(alone, classifier.fit(centred, own), centred, offsets, own)
        who = np.searchsorted(np.unique(own["speaker"]), both["speaker"])
        self.kernel = Kernel(np.concatenate([Z, C]), both, offsets, who, len(self.space.blocks))

    def less_offsets(self, Z, own):
        """Training clips less their speakers' offsets, and these, where the emotions are known."""
        centred, offsets = Z.copy(), []
        for speaker in np.unique(own["speaker"]):
            mine = own["speaker"] == speaker
            offsets.append(self.speakers.infer(Z[mine], np.eye(classifier.CLASSES)[own["fine"][mine]]))
            centred[mine] -= offsets[-1]
        return centred, np.stack(offsets)

    def add_gaussians(self, alone, own_head, centred, offsets, own):
        """A clip alone varies by its speaker and by itself, a clip less its speaker's offset by itself only."""
        weight = classifier.sample_weights(own)[:, None].astype(np.float32)
        rest = centred - self.speakers.means[own["fine"]]
        within = (weight * rest).T @ rest / weight.sum()
        between = offsets.T @ offsets / len(offsets)
        seen = np.unique(own["fine"])
        self.alone = classifier.with_gaussian(alone, self.speakers.means, within + between, seen)
        self.own = classifier.with_gaussian(own_head, self.speakers.means, within, seen)

    def read_alone(self, Z):
        return self.outputs(Z, self.as_it_is(Z), self.less_offset(Z))

    def read_together(self, Z, rounds=ROUNDS):
        """All of one speaker's clips, by turns: how they divide among the classes, and the offset; as models/voice/model.ts."""
        logits = slice(0, classifier.CLASSES)
        own = alone = self.as_it_is(Z)
        for _ in range(rounds):
            own = self.less_offset(Z - self.speakers.infer(Z, softmax(alone[:, logits] + own[:, logits])))
        return self.outputs(Z, alone, own)

    def as_it_is(self, Z):
        return read(Z, self.alone) + self.kernel.read_alone(Z, self.strangeness.of(Z))

    def less_offset(self, Z):
        return read(Z, self.own) + self.kernel.read_own(Z)

    def outputs(self, Z, alone, own):
        """[n, 23]: nine logits, valence and arousal of the clip alone; the same less the offset; strangeness."""
        return np.hstack([alone, own, self.strangeness.of(Z)[:, None]]).astype(np.float32)


def lighter(plain):
    """Every second nEMO clip is left to its augmented copy: nEMO has more than two thirds of all clips."""
    return (plain.corpus != "nemo") | (np.arange(len(plain.id)) % 2 == 1)
