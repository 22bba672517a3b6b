"""What the recipes of both languages have in common: their arguments, and sentences of otherwise.py beside the corpora."""

import argparse
import json
from pathlib import Path
from typing import IO

import numpy as np
import torch

from lessons import Lessons
from otherwise import Said, as_items


def arguments(teachers: int, students: int, steps: list[int], seed: int) -> argparse.ArgumentParser:
    """With these defaults."""
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--teachers', type=int, default=teachers)
    args.add_argument('--students', type=int, default=students)
    args.add_argument('--rows', type=int, nargs=2, default=[48, 64], help='rows of a batch, for each teacher and each student')
    args.add_argument('--steps', type=int, nargs=2, default=steps, help='of the teachers and of the students')
    args.add_argument('--seconds', type=float, nargs=2, default=[1e9, 1e9], help='since the beginning, when each must be done')
    args.add_argument('--sentences', type=float, default=0.18, help='share of the rows that are sentences of otherwise.py')
    args.add_argument('--workers', type=int, default=2)
    args.add_argument('--seed', type=int, default=seed)
    return args


def begun(o: argparse.Namespace, log: str) -> tuple[torch.device, np.random.Generator, IO]:
    """The device, the folder, the seeds and threads, and the log with the call's arguments in its first line."""
    o.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.workers)
    file = open(o.out / log, 'a', buffering=1)
    print(json.dumps({k: str(v) for k, v in vars(o).items()}), file=file)
    return torch.device('cuda' if torch.cuda.is_available() else 'cpu'), np.random.default_rng(o.seed), file


def add_sentences(lessons: Lessons, made: list[Said], hand: list[Said], language: str, o: argparse.Namespace, written: float) -> np.ndarray:
    """Adds the sentences from templates and those written one by one after the corpora's rows, and returns every row's chance of being
    drawn; of the sentences' share, `written` is that of the latter."""
    corpora = lessons.chance
    lessons.add('otherwise', as_items(made, language, o.seed))
    lessons.add('written', as_items(hand, language, o.seed + 1))
    each = [(1 - o.sentences) * corpora / corpora.sum()]
    each += [np.full(len(said), o.sentences * share / len(said)) for said, share in ((made, 1 - written), (hand, written))]
    return np.concatenate(each)
