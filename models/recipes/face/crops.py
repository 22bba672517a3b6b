"""FER+ on the device that trains: pictures, targets, and views of the train rows."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from augment import augment, mixed
from ferplus import load_pictures, load_votes, meant_distributions, splits, vote_distributions
from geometry import alignments

BALANCE = 0.25
MIXED = 0.5
#: So many batches are drawn at once.
DRAWN = 64


def sampling_weights(targets: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Rows of rare classes are drawn more often, by (class share) ** -BALANCE; rows with masked votes less."""
    share = (targets * weights[:, None]).sum(0) / weights.sum()
    return weights * (targets @ share**-BALANCE)


@dataclass
class Crops:
    """All 32,134 rows: `pictures` uint8 [n, 1, 48, 48], `align` [n, 2, 3], `votes` [n, 8], `meant` [n, 7]; `train` and `dev` are rows
    of them, `chance` is how often a train row is drawn. Dev rows all have a `majority` (-1 elsewhere)."""

    pictures: torch.Tensor
    align: torch.Tensor
    votes: torch.Tensor
    meant: torch.Tensor
    majority: torch.Tensor
    train: torch.Tensor
    dev: torch.Tensor
    chance: torch.Tensor

    def batches(self, size: int, random: torch.Generator):
        while True:
            drawn = torch.multinomial(self.chance, DRAWN * size, replacement=True, generator=random)
            yield from self.train[drawn].split(size)

    def view(self, rows: torch.Tensor, random: torch.Generator) -> list[torch.Tensor]:
        """Augmented crops [b, 1, 48, 48], some of them two blended ones, and their targets for both heads."""
        crops = augment(self.pictures[rows].float(), self.align[rows], random)
        return mixed(random, MIXED, crops, self.votes[rows], self.meant[rows])


def load_crops(ferplus: Path, points: Path, device: torch.device) -> Crops:
    table = load_votes(ferplus)
    votes, weights, majority = vote_distributions(table["votes"])
    parts = splits(table, majority)
    train = parts["train"][weights[parts["train"]] > 0]
    found = np.load(points)

    def on_device(values: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(np.ascontiguousarray(values)).to(device)

    return Crops(
        pictures=on_device(load_pictures(ferplus).copy())[:, None],
        align=on_device(alignments(found["points"], found["scores"], found["template"]).astype(np.float32)),
        votes=on_device(votes),
        meant=on_device(meant_distributions(table["fer2013_label"])),
        majority=on_device(majority),
        train=on_device(train),
        dev=on_device(parts["dev"]),
        chance=on_device(sampling_weights(votes[train], weights[train]).astype(np.float32)),
    )
