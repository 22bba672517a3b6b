"""Masked words (Devlin et al. 2019): how `chinese.py --start masked` begins, with no encoder of another language before it."""

import random

import torch
import torch.nn.functional as F

from encoder import ChineseNet
from tokens import Rows

SHARE = 0.15


class MaskedWords:
    """The loss of guessing hidden characters; the words' own vectors are the output layer."""

    def __init__(self, model: ChineseNet, rows: Rows, rng: random.Random):
        self.model, self.rows = model, rows
        self.mask, self.size = rows.tokenizer.token_to_id('[MASK]'), rows.tokenizer.get_vocab_size()
        self.chance = torch.Generator().manual_seed(rng.randrange(2**31))

    def loss(self, texts: list[str]) -> torch.Tensor:
        ids, mask, target = self.rows.batch([(text, []) for text in texts])
        word = (mask == 1) & (ids != self.rows.start) & (ids != self.rows.end)
        asked = word & (torch.rand(ids.shape, generator=self.chance) < SHARE)
        # Of those asked for, 8 in 10 are hidden, 1 is another word, 1 stays.
        way = torch.rand(ids.shape, generator=self.chance)
        other = torch.randint(0, self.size, ids.shape, generator=self.chance)
        shown = torch.where(asked & (way < 0.8), torch.full_like(ids, self.mask), torch.where(asked & (way > 0.9), other, ids))
        states = self.model.encoder.states(shown, mask, target)[asked]
        return F.cross_entropy(states @ self.model.encoder.words.weight.T, ids[asked])


def start_anew(model: ChineseNet) -> None:
    """Weights as BERT's are drawn, so that nothing of another language is left."""
    for module in model.encoder.modules():
        if isinstance(module, (torch.nn.Linear, torch.nn.Embedding)):
            torch.nn.init.normal_(module.weight, 0, 0.02)
        if isinstance(module, torch.nn.Linear):
            torch.nn.init.zeros_(module.bias)
        if isinstance(module, torch.nn.LayerNorm):
            module.reset_parameters()
    torch.nn.init.zeros_(model.encoder.earlier)
