"""All rows of a training as token ids on the device, each disturbed in several ways beforehand, so that batches cost nothing."""

import random
from functools import lru_cache
from multiprocessing import Pool

import numpy as np
import torch
from tokenizers import Tokenizer

from data import like_a_recogniser, with_typos
from tokens import Rows

Item = tuple[str, list[str]]
TYPOS = 0.12


class Stock:
    """`items` (text, what was said before it), `ways` of writing each; way 0 is the text as it is."""

    def __init__(self, tokenizer: str, items: list[Item], ways: int, longest: int, spoken: float, alone: float, device, seed: int, workers: int):
        self.ways, self.device, self.count = ways, device, len(items)
        parts = np.array_split(np.arange(len(items)), max(1, workers * 4))
        jobs = [(tokenizer, [items[i] for i in part], ways, longest, spoken, alone, seed + k) for k, part in enumerate(parts)]
        if workers > 1:
            with Pool(workers) as pool:
                done = pool.starmap(written, jobs)
        else:
            done = [written(*job) for job in jobs]
        flat, self.length, self.target = (np.concatenate(column) for column in zip(*done))
        self.start = np.concatenate([[0], np.cumsum(self.length)[:-1]])
        # One spare row's length at the end, so that reading past a short last row stays inside.
        self.flat = torch.from_numpy(np.concatenate([flat, np.zeros(longest + 8, flat.dtype)])).to(device)

    def batch(self, rows: np.ndarray, ways: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """rows and ways (members, rows) -> ids (members, rows, tokens), length and target (members, rows)."""
        at = rows * self.ways + ways
        length, target = self.length[at], self.target[at]
        # A multiple of eight, which fused attention wants.
        tokens = -(-int(length.max()) // 8) * 8
        start, length, target = (torch.from_numpy(x.astype(np.int64)).to(self.device, non_blocking=True) for x in (self.start[at], length, target))
        place = torch.arange(tokens, device=self.device)
        ids = self.flat[start[..., None] + place].long()
        return torch.where(place < length[..., None], ids, 0), length, target


def written(tokenizer: str, items: list[Item], ways: int, longest: int, spoken: float, alone: float, seed: int):
    """Token ids one after the other, and for each item and way how many there are and how many are the text's own."""
    rng, rows = random.Random(seed), Rows(Tokenizer.from_file(tokenizer), longest)
    rows.inner = lru_cache(100_000)(rows.inner)
    flat, length, target = [], [], []
    for text, context in items:
        for way in range(ways):
            said = disturbed(text, spoken, rng) if way else text
            ids, own = rows.row(said, [] if way and rng.random() < alone else context)
            flat += ids
            length.append(len(ids))
            target.append(own)
    return np.array(flat, np.int32), np.array(length), np.array(target)


def disturbed(text: str, spoken: float, rng: random.Random) -> str:
    if rng.random() < spoken:
        text = like_a_recogniser(text, rng)
    return with_typos(text, 0.05, rng) if rng.random() < TYPOS else text


class Draw:
    """Batches of rows of similar length, drawn by a chance for each row; (members, rows) at a time."""

    def __init__(self, stock: Stock, chance: np.ndarray, members: int, rows: int, rng: np.random.Generator):
        self.stock, self.chance, self.members, self.rows, self.rng = stock, chance / chance.sum(), members, rows, rng
        self.waiting: list[np.ndarray] = []

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """Row numbers and their ways of writing."""
        size = self.members * self.rows
        if not self.waiting:
            drawn = self.rng.choice(len(self.chance), size * 32, p=self.chance)
            order = np.argsort(self.stock.length[drawn * self.stock.ways] + self.rng.random(len(drawn)) * 6)
            self.waiting = list(self.rng.permuted(drawn[order].reshape(32, size), axis=1)[self.rng.permutation(32)])
        rows = self.waiting.pop().reshape(self.members, self.rows)
        # Half of the time as it is.
        ways = self.rng.integers(0, 2 * self.stock.ways, rows.shape)
        return rows, np.where(ways < self.stock.ways, ways, 0)
