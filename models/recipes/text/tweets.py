"""SemEval-2018 task 1 (Mohammad et al. 2018): intensity of four emotions, valence, and eleven emotions of English tweets."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import in_test_part, match_key, normalise

# In the order of the graph's `intensity` output. Other emotions were not rated.
RATED = ['happiness', 'sadness', 'anger', 'fear']
FILES = {'happiness': 'joy', 'sadness': 'sadness', 'anger': 'anger', 'fear': 'fear'}


@dataclass
class Rated:
    """values (rows, columns) with NaN where a row was not rated."""

    texts: list[str]
    values: np.ndarray


def rows_of(file: Path) -> list[list[str]]:
    return [line.split('\t') for line in file.read_text(encoding='utf-8').splitlines()[1:]]


def split(rows: list[tuple[str, str, np.ndarray]], dev: list[tuple[str, str, np.ndarray]]) -> dict[str, Rated]:
    """(id, text, values): the task's dev part, our own test part of train, and the rest without texts that stand in either."""
    test = [r for r in rows if in_test_part(r[0])]
    held = {match_key(t) for _, t, _ in dev} | {match_key(t) for _, t, _ in test}
    train = [r for r in rows if not in_test_part(r[0]) and match_key(r[1]) not in held]
    pack = lambda chosen: Rated([normalise(t) for _, t, _ in chosen], np.array([v for _, _, v in chosen], dtype=np.float32))
    return {'train': pack(train), 'dev': pack(dev), 'test': pack(test)}


def read_intensity(folder: Path) -> dict[str, Rated]:
    """0..1, columns as RATED; each tweet was rated for one emotion."""

    def part(name: str) -> list[tuple[str, str, np.ndarray]]:
        found = []
        for column, emotion in enumerate(RATED):
            for row_id, text, _, score in rows_of(folder / 'EI-reg' / f'EI-reg-En-{FILES[emotion]}-{name}.txt'):
                values = np.full(len(RATED), np.nan)
                values[column] = float(score)
                found.append((row_id, text, values))
        return found

    return split(part('train'), part('dev'))


def read_valence(folder: Path) -> dict[str, Rated]:
    """0..1, one column."""

    def part(name: str) -> list[tuple[str, str, np.ndarray]]:
        file = folder / 'V-reg' / f'Valence-reg-En-{name}.txt'
        return [(row_id, text, np.array([float(score)])) for row_id, text, _, score in rows_of(file)]

    return split(part('train'), part('dev'))


def read_eleven(folder: Path) -> dict[str, Rated]:
    """0 or 1 for the eleven emotions of E-c: teaches the encoder, is not given out."""

    def part(name: str) -> list[tuple[str, str, np.ndarray]]:
        return [(r[0], r[1], np.array([float(x) for x in r[2:]])) for r in rows_of(folder / 'E-c' / f'E-c-En-{name}.txt')]

    return split(part('train'), part('dev'))
