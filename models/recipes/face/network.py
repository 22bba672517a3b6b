"""A small residual network with squeeze-and-excitation on 48x48 grey crops (0..255), two sets of logits out."""

import torch
from torch import nn
from torch.nn import functional as F


class Normalise(nn.Module):
    """Each crop by its own mean and spread, so that exposure does not matter; the floor keeps a blank crop blank."""

    def forward(self, x):
        centred = x - x.mean((2, 3), keepdim=True)
        spread = (centred * centred).mean((2, 3), keepdim=True).sqrt()
        return centred / (spread + 8.0)


def convolution(inputs: int, outputs: int, stride: int = 1, size: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm2d(outputs)
    )


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int = 1):
        super().__init__()
        self.first = convolution(inputs, outputs, stride)
        self.second = convolution(outputs, outputs)
        self.gate = nn.Sequential(nn.Linear(outputs, outputs // 8), nn.ReLU(), nn.Linear(outputs // 8, outputs))
        self.shortcut = nn.Identity() if inputs == outputs and stride == 1 else convolution(inputs, outputs, stride, 1)

    def branch(self, x):
        y = self.second(F.relu(self.first(x)))
        gate = torch.sigmoid(self.gate(y.mean((2, 3))))
        return y * gate[:, :, None, None]

    def forward(self, x):
        return F.relu(self.branch(x) + self.shortcut(x))


class FaceNet(nn.Module):
    """76 million multiply-adds, 1.51 million parameters.

    Two heads on one embedding: how ten people who see the picture name it (FER+ votes, 8 classes), and which word the picture was
    searched with (FER2013, 7 classes): what it was meant to show.
    """

    def __init__(self, dropout: float = 0.3):
        super().__init__()
        self.normalise = Normalise()
        self.stem = nn.Sequential(convolution(1, 16), nn.ReLU(), convolution(16, 32, 2), nn.ReLU())
        half, quarter = [Block(32, 32)], [Block(32, 64, 2), Block(64, 64), Block(64, 64)]
        eighth = [Block(64, 128, 2), Block(128, 128), Block(128, 128)]
        self.body = nn.Sequential(*half, *quarter, *eighth, Block(128, 160, 2))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(160, 8)
        self.meant = nn.Linear(160, 7)

    def embed(self, x):
        return self.body(self.stem(self.normalise(x))).mean((2, 3))

    def forward(self, x):
        embedding = self.dropout(self.embed(x))
        return self.head(embedding), self.meant(embedding)
