"""One trained voice model: the space, the readings (linear, kernel, and of the course over time), the statistics of voices, and the measure of strangeness."""
import numpy as np

import classifier
from classifier import read, softmax
from kernel import Kernel
from space import Space
from speakers import Speakers
from strangeness import Strangeness

ROUNDS = 4
# What the logits of a clip's course (sequence.py) weigh beside the other readings' sum. Unlike the kernel they need no fading in strange surroundings.
COURSE_ALONE, COURSE_OWN = 1.5, 1.5


class Model:
    """Trained on the plain clips of `train` and the augmented copies of the same speakers.

    A latent vector E [n, D + 9] is the principal directions Z and the logits of the clip's course. `heard` [n, 9]: these logits of every plain
    clip by a net that didn't know its speaker, for what is learned of them here. `course`: by train_sequence.py's net of the same split,
    for what is asked of this model later.
    """

    course = None

    def __init__(self, plain, copies, train, heard):
        rows = np.where(train & lighter(plain))[0]
        own = plain.part(rows)
        same = np.isin(copies.speaker, np.unique(plain.speaker[train]))
        self.space = Space(plain.X[rows])
        Z, C = self.space.project(plain.X[rows]), self.space.project(copies.X[same])
        copied = copies.part(same)
        both = {key: np.concatenate([own[key], copied[key]]) for key in own}
        alone = classifier.fit(np.concatenate([Z, C]), both)
        E = np.hstack([Z, heard[rows]])
        self.speakers = Speakers(E, own)
        self.strangeness = Strangeness(np.concatenate([Z, C]), both["corpus"])
        centred, offsets = [directions_of(part) for part in self.less_offsets(E, own)]
        self.add_gaussians(alone, classifier.fit(centred, own), centred, offsets, own)
        who = np.searchsorted(np.unique(own["speaker"]), both["speaker"])
        self.kernel = Kernel(np.concatenate([Z, C]), both, offsets, who, len(self.space.blocks))

    def less_offsets(self, E, own):
        """Training clips less their speakers' offsets, and these, where the emotions are known."""
        centred, offsets = E.copy(), []
        for speaker in np.unique(own["speaker"]):
            mine = own["speaker"] == speaker
            offsets.append(self.speakers.infer(E[mine], np.eye(classifier.CLASSES)[own["fine"][mine]]))
            centred[mine] -= offsets[-1]
        return centred, np.stack(offsets)

    def add_gaussians(self, alone, own_head, centred, offsets, own):
        """A clip alone varies by its speaker and by itself, a clip less its speaker's offset by itself only."""
        weight = classifier.sample_weights(own)[:, None].astype(np.float32)
        means = directions_of(self.speakers.means)
        rest = centred - means[own["fine"]]
        within = (weight * rest).T @ rest / weight.sum()
        between = offsets.T @ offsets / len(offsets)
        seen = np.unique(own["fine"])
        self.alone = classifier.with_gaussian(alone, means, within + between, seen)
        self.own = classifier.with_gaussian(own_head, means, within, seen)

    def embed(self, clips, rows):
        return np.hstack([self.space.project(clips.X[rows]), self.course[rows]])

    def read_alone(self, E):
        return self.outputs(E, self.as_it_is(E), self.less_offset(E))

    def read_together(self, E, rounds=ROUNDS):
        """All of one speaker's clips, by turns: how they divide among the classes, and the offset; as models/voice/model.ts."""
        logits = slice(0, classifier.CLASSES)
        own = alone = self.as_it_is(E)
        for _ in range(rounds):
            own = self.less_offset(E - self.speakers.infer(E, softmax(alone[:, logits] + own[:, logits])))
        return self.outputs(E, alone, own)

    def as_it_is(self, E):
        Z = directions_of(E)
        return read(Z, self.alone) + self.kernel.read_alone(Z, self.strangeness.of(Z)) + COURSE_ALONE * course_of(E)

    def less_offset(self, E):
        Z = directions_of(E)
        return read(Z, self.own) + self.kernel.read_own(Z) + COURSE_OWN * course_of(E)

    def outputs(self, E, alone, own):
        """[n, 23]: nine logits, valence and arousal of the clip alone; the same less the offset; strangeness."""
        return np.hstack([alone, own, self.strangeness.of(directions_of(E))[:, None]]).astype(np.float32)


def directions_of(E):
    return E[:, : -classifier.CLASSES]


def course_of(E):
    """[n, 11]: nine logits, and nothing of valence and arousal."""
    return np.pad(E[:, -classifier.CLASSES :], ((0, 0), (0, 2)))


def lighter(plain):
    """Every second nEMO clip is left to its augmented copy: nEMO has more than two thirds of all clips."""
    return (plain.corpus != "nemo") | (np.arange(len(plain.id)) % 2 == 1)
