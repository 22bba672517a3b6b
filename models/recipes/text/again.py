"""A last lesson for students of a short school: from a point between the version before and them, on two processor cores.

What the school cost on the labelled corpora comes back, what it gained stays for the most part. Wortsman et al. 2022, "Robust fine-tuning of
zero-shot models", for the point between.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import IO

import numpy as np
import torch

from clock import Clock
from lessons import Lessons
from many import Many
from shipped import ReadBack
from stock import Draw, Stock
from teaching import measure, train

KEEP = 500
PLACES = 'encoder.positions.weight'


def arguments(near: float, kept: float, sentences: float, steps: int, rate: float, seed: int) -> argparse.ArgumentParser:
    """With these defaults."""
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--shipped', type=Path, required=True, help='models/weights/… of the version before')
    args.add_argument('--students', type=Path, required=True, help='out of the school')
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--near', type=float, default=near, help='how far from the version before to the students')
    args.add_argument('--kept', type=float, default=kept, help='how much of the way from the version before to what was learned is saved')
    args.add_argument('--sentences', type=float, default=sentences, help='share of the rows that are sentences of otherwise.py')
    args.add_argument('--rows', type=int, default=48)
    args.add_argument('--steps', type=int, default=steps)
    args.add_argument('--rate', type=float, default=rate)
    args.add_argument('--workers', type=int, default=2)
    args.add_argument('--seed', type=int, default=seed)
    return args


def between(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], near: float) -> dict[str, torch.Tensor]:
    """The weights of `before`, so much nearer to `after` where that has them."""
    after = {**after, PLACES: after[PLACES][: len(before[PLACES])]}
    state = {name: torch.lerp(value, after[name].float(), near) if name in after else value for name, value in before.items()}
    return {**state, 'vad.sd_factor': torch.ones(3)}


def some_of(lessons: Lessons, most: dict[str, int], shares: dict[str, float], rng: np.random.Generator) -> Lessons:
    """So many rows of a corpus, all of those that `most` doesn't name."""
    of = {corpus: np.flatnonzero(lessons.of(corpus)) for corpus in shares}
    return lessons.some(np.concatenate([rng.choice(rows, min(most.get(corpus, len(rows)), len(rows)), replace=False) for corpus, rows in of.items()]), shares)


def learn_again(o: argparse.Namespace, many: Many, losses, stock: Stock, dev: dict[str, Stock], figures: Callable, chance: np.ndarray, rates: tuple[float, float, float],
                rng: np.random.Generator, log: IO, file: str) -> None:
    """Saves the weights as `file`, every KEEP steps in a folder with their number and at the end in <out>."""
    losses.many, clock, before = many, Clock(o.steps, 1e9), ReadBack(o.shipped / 'model.onnx').weights()

    def save(folder: Path) -> None:
        measure('so far, encoder alone', many, dev, figures, log)
        folder.mkdir(exist_ok=True)
        torch.save({name: value.half() for name, value in between(before, many.state_of(torch.ones(1)), o.kept).items()}, folder / file)

    train(many, stock, Draw(stock, chance, 1, o.rows, rng), losses.from_opinions, clock, rates, log, None, (KEEP, lambda: save(o.out / str(clock.step))))
    save(o.out)
