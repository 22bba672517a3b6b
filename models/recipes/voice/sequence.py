"""The reading of a clip's course: the recogniser's third and fourth layer once more, trained on to hear emotion, and pooled with learned attention.

The pooled features of every other reading know only how loud each channel is on the whole and how much it varies.
"""
import torch
import torch.nn.functional as F
from torch import nn

from classifier import CLASSES
from corpus import WIDTH
from moonshine import load_layers, rotary_tables

# Read from the output of the layer before the first; the recogniser's own pass has it already.
INPUT_LAYER, TRAINED = 1, [2, 3]
LOOKS, HIDDEN = 4, 192
LAYER_DROPOUT, DROPOUT = .1, .3
VERY_NEGATIVE = -1e4


class SequenceNet(nn.Module):
    """frames [n, frames, 288] and mask [n, frames] (true on frames) -> nine logits [n, 9]."""

    def __init__(self):
        super().__init__()
        self.layers = load_layers(TRAINED, LAYER_DROPOUT)
        self.looks = nn.ModuleList(nn.Linear(WIDTH, LOOKS) for _ in range(len(TRAINED) + 1))
        width = (len(TRAINED) + 1) * 3 * WIDTH
        self.standard = nn.BatchNorm1d(width, affine=False)
        self.dropout = nn.Dropout(DROPOUT)
        self.hidden, self.out = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, CLASSES)

    def forward(self, x, mask):
        turn, bias = rotary_tables(x.shape[1]), torch.where(mask, 0., VERY_NEGATIVE)[:, None, None, :]
        parts = self.pooled(x, mask, self.looks[0])
        for layer, look in zip(self.layers, self.looks[1:]):
            x = layer(x, bias, turn)
            parts += self.pooled(x, mask, look)
        pooled = self.dropout(self.standard(torch.cat(parts, 1)))
        return self.out(self.dropout(F.gelu(self.hidden(pooled))))

    def pooled(self, x, mask, look):
        """Mean, deviation, and four weighted means of a quarter of the channels each."""
        there = mask.to(x.dtype)[:, :, None]
        count = there.sum(1)
        mean = (x * there).sum(1) / count
        deviation = (((x - mean[:, None]) ** 2 * there).sum(1) / count + 1e-5).sqrt()
        weights = F.softmax(look(x).masked_fill(~mask[:, :, None], VERY_NEGATIVE), 1)
        looked = [(weights[:, :, k : k + 1] * part).sum(1) for k, part in enumerate(x.chunk(LOOKS, -1))]
        return [mean, deviation, *looked]
