"""The training loop: a net learns from views until the steps are done or the time is up."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import torch

from crops import Crops
from measure import on_dev
from pupil import Pupil, learning_rate

LOG_SECONDS = 10


@dataclass
class Budget:
    """The learning rate falls by the clock where `seconds` are given, by `steps` otherwise."""

    steps: int
    seconds: float | None = None
    start: float = field(default_factory=time.monotonic)

    def elapsed(self) -> float:
        return time.monotonic() - self.start

    def progress(self, step: int) -> float:
        return self.elapsed() / self.seconds if self.seconds else step / self.steps


class Log:
    """JSON lines, in a file and on the screen."""

    def __init__(self, path: Path):
        self.file = open(path, "a")

    def __call__(self, **entry) -> None:
        line = json.dumps(entry)
        print(line, flush=True)
        self.file.write(line + "\n")
        self.file.flush()


Blend = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], tuple[torch.Tensor, torch.Tensor]]


def fit(
    name: str, pupil: Pupil, crops: Crops, batch: int, budget: Budget, random: torch.Generator, log: Log,
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
        loss = pupil.learn(view, votes, meant, learning_rate(progress, batch), step)
        if progress >= 0.5 and not halfway:
            halfway = True
            at_half()
        elapsed = budget.elapsed()
        if elapsed - shown_at >= LOG_SECONDS:
            log(
                net=name, step=step + 1, progress=round(progress, 3), loss=round(loss.item(), 4),
                ms_a_step=round(1000 * (elapsed - shown_at) / (step + 1 - shown), 2), dev=on_dev([pupil.mean], crops),
            )
            shown, shown_at = step + 1, budget.elapsed()
    log(net=name, steps=step, batch=batch, seconds=round(budget.elapsed(), 1))
