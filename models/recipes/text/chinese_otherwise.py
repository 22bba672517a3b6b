"""What the Chinese model learns of emotions that are named and not expressed (otherwise.py), beside its corpora."""

import numpy as np
import torch

from chinese_tasks import Chinese, Losses
from data import CATEGORIES
from lessons import cross_entropy
from otherwise import Said, shares
from weibo import WEIBO

#: (7, 8): a category's share of the eight labels; happiness may be "like".
OF_CATEGORY = np.array([[{'none': c == 'neutral', 'happiness': 0.7 * (c == 'happiness'), 'like': 0.3 * (c == 'happiness')}.get(label, c == label) for label in WEIBO] for c in CATEGORIES], np.float32)


class WithSentences(Losses):
    def __init__(self, chinese: Chinese, said: list[Said], device):
        super().__init__(chinese, device)
        rows, on = len(chinese.lessons.items) - len(said), lambda x: torch.tensor(np.asarray(x, dtype=np.float32), device=device)
        category = np.array([shares(one.category) for one in said])
        valence = np.array([np.nan if one.valence is None else one.valence for one in said])
        after = lambda taught: on(np.concatenate([np.zeros((rows, *taught.shape[1:])), taught]))
        self.taught = {'talk': after(category), 'weibo': after(category @ OF_CATEGORY), 'valence': after(valence)}
        self.lesson = torch.arange(len(chinese.lessons.items), device=device) >= rows

    def from_labels(self, out, at):
        return torch.where(self.lesson[at], self.of_sentences(out, at), super().from_labels(out, at))

    def from_opinions(self, out, at):
        return torch.where(self.lesson[at], self.of_sentences(out, at), super().from_opinions(out, at))

    def of_sentences(self, out: dict[str, torch.Tensor], at: torch.Tensor) -> torch.Tensor:
        taught = {name: value[at] for name, value in self.taught.items()}
        z = (out['vad_mean'][..., 0] - taught['valence']) / self.scale[0]
        told = torch.where(torch.isnan(z), 0.0, torch.nan_to_num(z)) ** 2
        return cross_entropy(out['weibo_logits'], taught['weibo']) + cross_entropy(out['talk_logits'], taught['talk']) + 0.5 * told
