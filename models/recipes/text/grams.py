"""Runs of letters and words, hashed: what the models know of words that their encoders read too coarsely.

A linear layer on them (one weight a bucket and output) is trained in minutes and its outputs are mixed with the encoder's.
The hash is FNV-1a (Fowler, Noll, Vo) over UTF-16 code units, as in models/text/grams.ts.
"""

import re
from collections.abc import Callable, Iterator

import numpy as np
import torch

BUCKETS = 1 << 17
MOST = 512
RARE = 3
WORD = re.compile("[a-z0-9\u00c0-\u024f']+|[!?.]+")


def character_runs(text: str) -> Iterator[str]:
    """Of one to three characters: for writing without spaces."""
    letters = text.lower()
    for length in range(1, 4):
        for i in range(len(letters) - length + 1):
            yield letters[i : i + length]


def word_runs(text: str) -> Iterator[str]:
    """Words, pairs of words, and runs of two to five letters inside a word with a space at both its ends."""
    words = WORD.findall(text.lower())
    yield from (f'={word}' for word in words)
    yield from (f'={a} {b}' for a, b in zip(words, words[1:]))
    for length in range(2, 6):
        for word in words:
            spaced = f' {word} '
            for i in range(len(spaced) - length + 1):
                yield spaced[i : i + length]


RUNS: dict[str, Callable[[str], Iterator[str]]] = {'characters': character_runs, 'words': word_runs}


def grams(text: str, kind: str) -> list[int]:
    """Bucket numbers of the distinct runs, in order of first occurrence; at most MOST."""
    found: dict[int, None] = {}
    for run in RUNS[kind](text):
        found[bucket(run)] = None
        if len(found) == MOST:
            break
    return list(found)


def bucket(run: str) -> int:
    value = 0x811C9DC5
    encoded = run.encode('utf-16-le')
    for i in range(0, len(encoded), 2):
        value = ((value ^ (encoded[i] | encoded[i + 1] << 8)) * 0x01000193) & 0xFFFFFFFF
    return value % BUCKETS


def frequency_weights(rows: list[list[int]]) -> np.ndarray:
    """Inverse document frequency of each bucket (Salton and Buckley 1988); 0 where fewer than RARE rows have it."""
    count = np.bincount([b for row in rows for b in row], minlength=BUCKETS)
    return np.where(count >= RARE, np.log(len(rows) / np.maximum(count, 1)), 0).astype(np.float32)


class Grams(torch.nn.Module):
    """Bucket numbers (rows, most), -1 where there is none -> one tensor (rows, width) for each group of outputs.

    A linear layer on frequency weights scaled to length 1. A table of its own for each group and for the squared
    frequency weights, since the shipped file has one scale for a row of a table (half_bytes.py).
    """

    def __init__(self, widths: list[int]):
        super().__init__()
        self.tables = torch.nn.ModuleList(torch.nn.Embedding(BUCKETS, width) for width in widths)
        self.squares = torch.nn.Embedding(BUCKETS, 1)
        self.biases = torch.nn.ParameterList(torch.zeros(width) for width in widths)

    @torch.no_grad()
    def fill(self, frequency: np.ndarray, group: int, weights: np.ndarray, bias: np.ndarray) -> None:
        """`weights` (BUCKETS, width) are those of the scaled features."""
        self.tables[group].weight.copy_(torch.tensor(weights * frequency[:, None]))
        self.biases[group].copy_(torch.tensor(bias))
        self.squares.weight.copy_(torch.tensor(frequency[:, None] ** 2))

    @torch.no_grad()
    def apart(self, widths: list[list[int]]) -> 'Grams':
        """The same layer with a table for each head: `widths` are those of the heads that share a table here."""
        net = Grams([width for group in widths for width in group])
        tables = [part for table, group in zip(self.tables, widths) for part in table.weight.split(group, dim=1)]
        biases = [part for bias, group in zip(self.biases, widths) for part in bias.split(group)]
        for own, part in [*zip((t.weight for t in net.tables), tables), *zip(net.biases, biases), (net.squares.weight, self.squares.weight)]:
            own.copy_(part)
        return net

    def forward(self, buckets: torch.Tensor) -> list[torch.Tensor]:
        at = buckets.clamp(min=0)
        present = (buckets >= 0).to(torch.float32)[:, :, None]
        length = (self.squares(at) * present).sum(1).clamp(min=1.0).sqrt()
        return [(table(at) * present).sum(1) / length + bias for table, bias in zip(self.tables, self.biases)]


def padded(rows: list[list[int]]) -> torch.Tensor:
    out = torch.full((len(rows), max(1, max(map(len, rows)))), -1)
    for k, row in enumerate(rows):
        out[k, : len(row)] = torch.tensor(row)
    return out


def outputs_of(net: Grams, texts: list[str], kind: str) -> list[np.ndarray]:
    """One array (texts, width) for each group."""
    with torch.no_grad():
        parts = [[o.numpy() for o in net(padded([grams(t, kind) for t in texts[i : i + 256]]))] for i in range(0, len(texts), 256)]
    return [np.concatenate(group) for group in zip(*parts)]
