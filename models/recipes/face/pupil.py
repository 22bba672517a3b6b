"""A net that learns: its optimiser, its losses, and the running mean of its weights."""

import copy
import math

import torch
from torch import nn
from torch.nn import functional as F

#: Of SGD, for a batch of 256; in proportion for others.
RATE, MOMENTUM = 0.1, 0.9
WARM_SHARE, LARGEST_GRADIENT = 0.05, 5.0
EMA = 0.998
MEANT_WEIGHT = 0.3


def learning_rate(progress: float, batch: int) -> float:
    """Rises, then falls along a cosine."""
    rise = min(1, (progress + 1e-3) / WARM_SHARE)
    return RATE * batch / 256 * rise * (1 + math.cos(math.pi * progress)) / 2


def cross_entropy(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return -(target * F.log_softmax(logits.float(), 1)).sum(1).mean()


def floats(net: nn.Module) -> list[torch.Tensor]:
    return [value for value in net.state_dict().values() if value.is_floating_point()]


class Pupil:
    """A net with its optimiser and the running mean of its weights, which is what is kept."""

    def __init__(self, net: nn.Module, decay: float):
        self.net = net.to(memory_format=torch.channels_last)
        self.mean = copy.deepcopy(self.net).eval().requires_grad_(False)
        decayed = [p for p in net.parameters() if p.ndim > 1]
        plain = [p for p in net.parameters() if p.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": decay}, {"params": plain, "weight_decay": 0}]
        self.optimiser = torch.optim.SGD(groups, RATE, MOMENTUM, nesterov=True, foreach=True)
        self.current, self.kept = floats(self.net), floats(self.mean)

    def learn(self, crops: torch.Tensor, votes: torch.Tensor, meant: torch.Tensor, rate: float, step: int) -> torch.Tensor:
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.net.train()
        with torch.autocast(crops.device.type, torch.bfloat16, enabled=crops.is_cuda):
            says, words = self.net(crops)
        loss = cross_entropy(says, votes) + MEANT_WEIGHT * cross_entropy(words, meant)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), LARGEST_GRADIENT)
        self.optimiser.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.kept, self.current, 1 - min(EMA, (1 + step) / (10 + step)))
        return loss.detach()
