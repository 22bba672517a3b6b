"""The training loop: nets learn side by side from the same views, until the steps are done or the time is up."""

import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from crops import Crops
from measure import on_dev

#: Of SGD, for a batch of 256; in proportion for others.
RATE, MOMENTUM = 0.1, 0.9
WARM_SHARE, LARGEST_GRADIENT = 0.05, 5.0
EMA = 0.998
MEANT_WEIGHT = 0.3
LOG_SECONDS = 10


@dataclass
class Budget:
    """The learning rate follows whichever of the two is further on."""

    steps: int | None
    seconds: float | None
    start: float = field(default_factory=time.monotonic)

    def elapsed(self) -> float:
        return time.monotonic() - self.start

    def progress(self, step: int) -> float:
        return max(step / self.steps if self.steps else 0, self.elapsed() / self.seconds if self.seconds else 0)


class Log:
    """JSON lines, in a file and on the screen."""

    def __init__(self, path: Path):
        self.file = open(path, "a")

    def __call__(self, **entry) -> None:
        line = json.dumps(entry)
        print(line, flush=True)
        self.file.write(line + "\n")
        self.file.flush()


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


Blend = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]


def fit(
    name: str, pupils: list[Pupil], crops: Crops, batch: int, budget: Budget, random: torch.Generator, log: Log,
    blend: Blend | None = None, at_half: Callable[[], None] = lambda: None,
) -> None:
    """`blend` turns a view and its two targets into the targets that are learned."""
    shown, shown_at, halfway = 0, 0.0, False
    rows = crops.batches(batch, random)
    for step in count():
        progress = budget.progress(step)
        if progress >= 1:
            break
        view, votes, meant = crops.view(next(rows), random)
        if blend:
            votes, meant = blend(view, votes, meant)
        view = view.contiguous(memory_format=torch.channels_last)
        losses = [pupil.learn(view, votes, meant, learning_rate(progress, batch), step) for pupil in pupils]
        if progress >= 0.5 and not halfway:
            halfway = True
            at_half()
        elapsed = budget.elapsed()
        if elapsed - shown_at >= LOG_SECONDS:
            log(
                net=name, step=step + 1, progress=round(progress, 3), loss=[round(loss.item(), 4) for loss in losses],
                ms_a_step=round(1000 * (elapsed - shown_at) / (step + 1 - shown), 2),
                dev=[on_dev([pupil.mean], crops) for pupil in pupils],
            )
            shown, shown_at = step + 1, budget.elapsed()
    log(net=name, steps=step, batch=batch, seconds=round(budget.elapsed(), 1))
