"""The rows that a model learns from, of all its corpora together, and what their losses have in common.

A row has labels for some heads and NaN for the others.
"""

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F

from stock import Item

# How much a row's own labels and the teachers' opinion count where a row has labels for a head.
HARD, SOFT = 0.25, 0.75


class Lessons:
    """`widths` of the heads' labels; `shares` of the rows that are drawn, by corpus."""

    def __init__(self, widths: dict[str, int], shares: dict[str, float]):
        self.items: list[Item] = []
        self.shares, self.corpora = shares, []
        self.labels = {head: np.zeros((0, width), np.float32) for head, width in widths.items()}

    def add(self, corpus: str, items: list[Item], **known: np.ndarray) -> None:
        self.items += items
        self.corpora += [corpus] * len(items)
        for head, before in self.labels.items():
            added = known.get(head, np.full((len(items), before.shape[1]), np.nan))
            self.labels[head] = np.concatenate([before, added.astype(np.float32)])

    def some(self, at: np.ndarray, shares: dict[str, float]) -> 'Lessons':
        """Only the rows with these numbers, corpus by corpus in the order of `shares`."""
        found, chosen = Lessons({head: values.shape[1] for head, values in self.labels.items()}, shares), np.isin(np.arange(len(self.items)), at)
        for corpus in shares:
            rows = np.flatnonzero(self.of(corpus) & chosen)
            found.add(corpus, [self.items[i] for i in rows], **{head: values[rows] for head, values in self.labels.items()})
        return found

    def of(self, corpus: str) -> np.ndarray:
        """(rows,) true where a row is of that corpus."""
        return np.array(self.corpora) == corpus

    @property
    def chance(self) -> np.ndarray:
        """(rows,) of being drawn."""
        return sum(share * self.of(corpus) / self.of(corpus).sum() for corpus, share in self.shares.items())


def single(texts: list[str]) -> list[Item]:
    return [(text, []) for text in texts]


def said(utterances) -> list[Item]:
    return [(u.text, u.context) for u in utterances]


def turns(utterances) -> np.ndarray:
    """(rows, 7): 1 at an utterance's category."""
    return np.eye(7)[[u.category for u in utterances]]


def where_known(labels: torch.Tensor, loss: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    """`loss` of the labels, (members, rows), 0 where there are none."""
    known = ~torch.isnan(labels).all(-1)
    return torch.where(known, loss(torch.nan_to_num(labels)), 0.0)


def beside_labels(loss: torch.Tensor, labels: torch.Tensor, free: float) -> torch.Tensor:
    """The loss against the teachers' opinion: SOFT of it where a row has labels for that head, `free` of it where it has none."""
    return torch.where(torch.isnan(labels).all(-1), free, SOFT) * loss


def cross_entropy(logits: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    return -(share * F.log_softmax(logits, -1)).sum(-1)


def binary(logits: torch.Tensor, share: torch.Tensor, rare: torch.Tensor | None = None) -> torch.Tensor:
    """Binary cross entropy, summed over the labels; `rare` weighs what is there."""
    return F.binary_cross_entropy_with_logits(logits, share, pos_weight=rare, reduction='none').sum(-1)


def gaussian(error: torch.Tensor, sd: torch.Tensor) -> torch.Tensor:
    """Beta-NLL with beta 0.5 (Seitzer et al. 2022), summed over the dimensions: the sd is learned without starving the mean."""
    return ((torch.log(sd) + 0.5 * (error / sd) ** 2) * sd.detach()).sum(-1)
