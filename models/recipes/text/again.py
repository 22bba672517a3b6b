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


def arguments(near: float, sentences: float, steps: int, rate: float, seed: int) -> argparse.ArgumentParser:
    """With these defaults."""
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--shipped', type=Path, required=True, help='models/weights/… of the version before')
    args.add_argument('--students', type=Path, required=True, help='out of the school')
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--near', type=float, default=near, help='how far from the version before to the students')
    args.add_argument('--sentences', type=float, default=sentences, help='share of the rows that are sentences of otherwise.py')
    args.add_argument('--rows', type=int, default=48)
    args.add_argument('--steps', type=int, default=steps)
    args.add_argument('--rate', type=float, default=rate)
    args.add_argument('--workers', type=int, default=2)
    args.add_argument('--seed', type=int, default=seed)
    return args


def between(o: argparse.Namespace, students: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights to start from."""
    before = ReadBack(o.shipped / 'model.onnx').weights()
    places = 'encoder.positions.weight'
    students = {**students, places: students[places][: len(before[places])]}
    state = {name: torch.lerp(value, students[name].float(), o.near) if name in students else value for name, value in before.items()}
    return {**state, 'vad.sd_factor': torch.ones(3)}


def some_of(lessons: Lessons, most: dict[str, int], shares: dict[str, float], rng: np.random.Generator) -> Lessons:
    """So many rows of a corpus, all of those that `most` doesn't name."""
    of = {corpus: np.flatnonzero(lessons.of(corpus)) for corpus in shares}
    return lessons.some(np.concatenate([rng.choice(rows, min(most.get(corpus, len(rows)), len(rows)), replace=False) for corpus, rows in of.items()]), shares)


def learn_again(o: argparse.Namespace, many: Many, losses, stock: Stock, dev: dict[str, Stock], figures: Callable, chance: np.ndarray, rates: tuple[float, float, float],
                rng: np.random.Generator, log: IO, save: Callable[[dict[str, torch.Tensor]], None]) -> None:
    """Calls `save` with the state every KEEP steps and at the end."""
    losses.many = many

    def kept() -> None:
        measure('so far, encoder alone', many, dev, figures, log)
        save(many.state_of(torch.ones(1)))

    train(many, stock, Draw(stock, chance, 1, o.rows, rng), losses.from_opinions, Clock(o.steps, 1e9), rates, log, None, (KEEP, kept))
    kept()
