"""What the English model learns of emotions that are named and not expressed (otherwise.py), beside its corpora."""

import numpy as np
import torch

from english_tasks import English, Losses
from lessons import binary, cross_entropy, where_known
from otherwise import Said, shares
from tweets import RATED

#: A feeling that isn't to be heard is at most this strong; a fine label that no kind names has this chance.
LOW, UNSAID = 0.2, 0.01
#: The teachers say more of rows without ratings than one model could learn from rated ones alone.
FREE = {'fine': 0.12, 'vad': 0.25, 'intensity': 0.12}


class WithSentences(Losses):
    def __init__(self, english: English, labels: list[str], said: list[Said], device):
        super().__init__(english, device)
        self.free |= FREE
        rows = len(english.lessons.items) - len(said)
        self.lesson = {name: torch.tensor(value, dtype=torch.float32, device=device) for name, value in lesson_of(said, labels, rows).items()}
        #: Head -> the encoder's share in the answer that ships, and what the word runs add to it.
        self.runs: dict[str, tuple[float, torch.Tensor]] = {}

    def from_labels(self, out, at):
        return torch.where(self.lesson['known'][at] > 0, self.of_sentences(out, at), super().from_labels(out, at))

    def from_opinions(self, out, at):
        out = {**out, **{head: own * out[head] + runs[at] for head, (own, runs) in self.runs.items()}}
        return torch.where(self.lesson['known'][at] > 0, self.of_sentences(out, at), super().from_opinions(out, at))

    def of_sentences(self, out: dict[str, torch.Tensor], at: torch.Tensor) -> torch.Tensor:
        taught = {name: value[at] for name, value in self.lesson.items()}
        fine = torch.where(torch.isnan(taught['fine']), self.soft['fine'][at], taught['fine']) if self.soft else taught['fine']
        z = (out['vad_mean'][..., 0] - taught['valence']) / self.scale[0]
        told = torch.where(torch.isnan(taught['valence']), 0.0, z) ** 2
        low = torch.relu(out['intensity'] - LOW) ** 2 / 0.04
        return (
            1.5 * cross_entropy(out['category_logits'], taught['category']) + 1.5 * cross_entropy(out['talk_logits'], taught['category'])
            + where_known(fine, lambda t: binary(out['fine_logits'], t)) + 0.5 * torch.nan_to_num(told) + (low * taught['absent']).sum(-1)
        )


def lesson_of(said: list[Said], labels: list[str], rows: int) -> dict[str, np.ndarray]:
    """The sentences' targets, after `rows` rows of corpora."""
    total = rows + len(said)
    found = {'known': np.arange(total) >= rows, 'category': np.zeros((total, 7)), 'fine': np.full((total, len(labels)), np.nan), 'valence': np.full(total, np.nan), 'absent': np.zeros((total, len(RATED)))}
    for at, one in enumerate(said, rows):
        found['category'][at] = shares(one.category)
        if one.fine is not None:
            found['fine'][at] = UNSAID
            for label, chance in one.fine.items():
                found['fine'][at, labels.index(label)] = chance
        if one.valence is not None:
            found['valence'][at] = one.valence
        found['absent'][at] = [name in one.absent for name in RATED]
    return found
