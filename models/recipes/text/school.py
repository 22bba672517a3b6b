"""Teachers, and students that learn from them: the way of both languages.

Every teacher has a share of the rows hidden from it. A row's label is then softened by what the teachers say, above all those
that never saw it (born-again networks, Furlanello et al. 2018; out of fold, so that a wrong label isn't confirmed by those who
learned it by heart). The students start from one set of weights and are averaged at the end (model soups, Wortsman et al. 2022).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import numpy as np
import torch

from clock import Clock
from many import Many
from stock import Draw, Stock
from teaching import answers, held_out, measure, opinion, score, train

# How far the teachers' heads start apart.
APART = 0.02


@dataclass
class School:
    """`start()` is the network that everybody starts from, `many` makes members of it."""

    start: Callable[[], torch.nn.Module]
    many: Callable[[torch.nn.Module, int], Many]
    losses: object
    stock: Stock
    dev: dict[str, Stock]
    figures: Callable
    chance: np.ndarray
    rows: int
    rates: tuple[float, float, float]
    rng: np.random.Generator
    log: IO

    def teach(self, members: int, clock: Clock, left_out: int = 2) -> Callable[[Callable], torch.Tensor]:
        """Returns how to ask the teachers: a choice among their outputs -> their opinion of every row, which is hidden from `left_out` of them."""
        seen = torch.from_numpy(held_out(self.stock.count, members, self.rng, left_out)).to(self.stock.device)
        teachers = self.many(self.start(), members)
        teachers.spread_heads(APART)
        self.train(teachers, self.losses.from_labels, clock, seen)
        measure('teachers', teachers, self.dev, self.figures, self.log)
        said = answers(teachers, self.stock)
        return lambda choose: opinion(choose(said), seen)

    def learn(self, members: int, clock: Clock) -> torch.nn.Module:
        """The mean of the students, or one of them where the mean should be worse on dev."""
        students = self.many(self.start(), members)
        self.train(students, self.losses.from_opinions, clock, None)
        _, *each = measure('students', students, self.dev, self.figures, self.log)
        net = self.start()
        net.load_state_dict(students.state_of(torch.full((members,), 1 / members)), strict=False)
        mean, _ = measure('the mean of their weights', self.many(net, 1), self.dev, self.figures, self.log)
        best = max(range(members), key=lambda e: score(each[e]))
        if score(each[best]) > score(mean):
            net.load_state_dict(students.state_of(torch.eye(members)[best]), strict=False)
            print(json.dumps({'taken': f'member {best}'}), file=self.log, flush=True)
        return net

    def train(self, many: Many, loss_of: Callable, clock: Clock, seen: torch.Tensor | None) -> None:
        self.losses.many = many
        draw = Draw(self.stock, self.chance, many.members, self.rows, self.rng)
        train(many, self.stock, draw, loss_of, clock, self.rates, self.log, seen)
