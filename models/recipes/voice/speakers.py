"""Voices: a clip's latent vector is class mean + speaker's offset + what this speaker does with this class + noise.

The last three are independent Gaussians with diagonal covariances `offset`, `habit` and `noise`. A two-covariance PLDA (Brummer and
de Villiers 2010, "The speaker partitioning problem", section 2) with emotion as the class, widened by the speaker's habits:
without these, forty angry clips would be forty witnesses of the speaker's offset instead of little more than one.
"""
import numpy as np

from classifier import sample_weights


class Speakers:
    def __init__(self, Z, clips, classes=9, rounds=15):
        names, index = np.unique(clips["speaker"], return_inverse=True)
        fine, weight = clips["fine"], sample_weights(clips)
        cells = [(k, c, (index == k) & (fine == c)) for k in range(len(names)) for c in np.unique(fine[index == k])]
        cell_means = np.stack([Z[rows].mean(0) for _, _, rows in cells])
        of_speaker = [[i for i, (k, _, _) in enumerate(cells) if k == speaker] for speaker in range(len(names))]
        cell_class = np.array([c for _, c, _ in cells])
        seen = np.unique(fine)
        M, offsets = np.zeros((classes, Z.shape[1])), np.zeros((len(names), Z.shape[1]))
        class_means = np.stack([np.average(Z[fine == c], axis=0, weights=weight[fine == c]) for c in seen])
        shares = np.stack([np.bincount(index[fine == c], weight[fine == c], len(names)) / weight[fine == c].sum() for c in seen])
        for _ in range(rounds):
            M[seen] = class_means - shares @ offsets
            for k, own in enumerate(of_speaker):
                offsets[k] = (cell_means[own] - M[cell_class[own]]).mean(0)
            centre = offsets.mean(0)
            offsets -= centre
        M[seen] = class_means - shares @ offsets
        noise, habit = [], []
        for i, (k, c, rows) in enumerate(cells):
            n = rows.sum()
            spread = Z[rows].var(0) * n / max(1, n - 1)
            noise.append(spread)
            habit.append((cell_means[i] - M[c] - offsets[k]) ** 2 - spread / n)
        self.means = M.astype(np.float32)
        self.offset = ((offsets ** 2).mean(0) + 1e-4).astype(np.float32)
        self.noise = (np.mean(noise, 0) + 1e-4).astype(np.float32)
        self.habit = np.maximum(np.mean(habit, 0), 1e-4).astype(np.float32)

    def infer(self, Z, shares):
        """Posterior mean of one speaker's offset from latent vectors [n, D] and their class shares [n, classes] (times weights)."""
        counts = shares.sum(0)
        said = counts > 1e-3
        counts = counts[said][:, None]
        sure = 1 / (self.habit + self.noise / counts)
        apart = shares[:, said].T @ Z / counts - self.means[said]
        return ((sure * apart).sum(0) / (1 / self.offset + sure.sum(0))).astype(np.float32)
