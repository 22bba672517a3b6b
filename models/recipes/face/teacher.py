"""The net that teaches the shipped one: thirteen times its multiply-adds, three times its channels, the same two heads."""

import torch
from torch import nn

from network import Block, Normalise, convolution


class SkippedBlock(Block):
    """Stochastic depth (Huang et al. 2016): in training a row skips the branch by `chance`."""

    def __init__(self, inputs: int, outputs: int, stride: int, chance: float):
        super().__init__(inputs, outputs, stride)
        self.chance = chance

    def branch(self, x):
        y = super().branch(x)
        if not self.training:
            return y
        kept = torch.rand(len(y), 1, 1, 1, device=y.device) >= self.chance
        return y * kept / (1 - self.chance)


class Teacher(nn.Module):
    def __init__(self, width: int = 96, depths: tuple[int, ...] = (2, 3, 2), skip: float = 0.15, dropout: float = 0.4):
        super().__init__()
        self.normalise = Normalise()
        self.stem = nn.Sequential(convolution(1, width // 2), nn.ReLU(), convolution(width // 2, width, 2), nn.ReLU())
        blocks, inputs = [], width
        for stage, depth in enumerate(depths):
            outputs = width << stage
            for i in range(depth):
                chance = skip * len(blocks) / (sum(depths) - 1)
                blocks.append(SkippedBlock(inputs, outputs, 2 if stage > 0 and i == 0 else 1, chance))
                inputs = outputs
        self.body = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(dropout)
        self.head, self.meant = nn.Linear(inputs, 8), nn.Linear(inputs, 7)

    def forward(self, x):
        embedding = self.dropout(self.body(self.stem(self.normalise(x))).mean((2, 3)))
        return self.head(embedding), self.meant(embedding)
