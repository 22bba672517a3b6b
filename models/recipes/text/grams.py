"""Runs of one to three characters, hashed: what the Chinese model knows of words that stand in no translation.

A linear layer on them (one weight a bucket and class) is trained in a minute and its logits are added to the encoder's.
The hash is FNV-1a (Fowler, Noll, Vo) over UTF-16 code units, as in models/text/grams.ts.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

BUCKETS = 1 << 17
LONGEST = 3
MOST = 512
RARE = 3


def grams(text: str) -> list[int]:
    """Bucket numbers of the distinct runs, in order of first occurrence; at most MOST. White space is one space."""
    letters = text.lower()
    found: dict[int, None] = {}
    for length in range(1, LONGEST + 1):
        for i in range(len(letters) - length + 1):
            found[bucket(letters[i : i + length])] = None
    return list(found)[:MOST]


def bucket(run: str) -> int:
    value = 0x811C9DC5
    encoded = run.encode('utf-16-le')
    for i in range(0, len(encoded), 2):
        value = ((value ^ (encoded[i] | encoded[i + 1] << 8)) * 0x01000193) & 0xFFFFFFFF
    return value % BUCKETS


class Grams(torch.nn.Module):
    """Bucket numbers (rows, most), -1 where there is none -> logits (rows, 8).

    A linear layer on inverse document frequencies, scaled to length 1 (Salton and Buckley 1988); runs that fewer than RARE
    training texts have count nothing.
    """

    def __init__(self, classes: int = 8):
        super().__init__()
        self.table = torch.nn.Embedding(BUCKETS, classes + 1)
        torch.nn.init.zeros_(self.table.weight)
        self.bias = torch.nn.Parameter(torch.zeros(classes))

    def forward(self, buckets: torch.Tensor) -> torch.Tensor:
        present = (buckets >= 0).to(torch.float32)
        found = (self.table(buckets.clamp(min=0)) * present[:, :, None]).sum(1)
        # The last column is the squared frequency weight; the others are weights times frequency weight.
        return found[:, :-1] / found[:, -1:].clamp(min=1.0).sqrt() + self.bias


def padded(rows: list[list[int]]) -> torch.Tensor:
    out = torch.full((len(rows), max(1, max(map(len, rows)))), -1)
    for k, row in enumerate(rows):
        out[k, : len(row)] = torch.tensor(row)
    return out


def train(texts: list[str], allowed: np.ndarray, weights: np.ndarray, epochs: int, decay: float, rate: float = 0.05, seed: int = 5) -> Grams:
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    rows = [grams(t) for t in texts]
    count = np.bincount([b for row in rows for b in row], minlength=BUCKETS)
    frequency = torch.tensor(np.where(count >= RARE, np.log(len(rows) / np.maximum(count, 1)), 0), dtype=torch.float32)
    values = torch.nn.Parameter(torch.zeros(BUCKETS, allowed.shape[1]))
    net = Grams(allowed.shape[1])
    optimiser = torch.optim.AdamW([{'params': [values], 'weight_decay': decay}, {'params': [net.bias], 'weight_decay': 0.0}], lr=rate)
    allowed, weights = torch.tensor(allowed), torch.tensor(weights, dtype=torch.float32)
    batches = [b for b in np.array_split(np.argsort([len(r) for r in rows], kind='stable'), len(rows) // 128)]
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group['lr'] = rate * (1 - epoch / epochs)
        order.shuffle(batches)
        for b in batches:
            buckets = padded([rows[i] for i in b])
            present = (buckets >= 0).to(torch.float32)
            scale = frequency[buckets.clamp(min=0)] * present
            scale = scale / scale.square().sum(1, keepdim=True).clamp(min=1.0).sqrt()
            logits = torch.nn.functional.embedding_bag(buckets.clamp(min=0), values, per_sample_weights=scale, mode='sum') + net.bias
            chosen = torch.logsumexp(logits.masked_fill(allowed[b] == 0, -1e4), -1)
            ((torch.logsumexp(logits, -1) - chosen) * weights[b]).mean().backward()
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
    with torch.no_grad():
        net.table.weight[:, :-1] = values * frequency[:, None]
        net.table.weight[:, -1] = frequency.square()
    return net


def logits_of(net: Grams, texts: list[str]) -> np.ndarray:
    with torch.no_grad():
        return np.concatenate([net(padded([grams(t) for t in texts[i : i + 256]])).numpy() for i in range(0, len(texts), 256)])


def main() -> None:
    from chinese_figures import clue_accuracy, smp_macro_f1
    from data import match_key
    from weibo import read_clue, read_microblogs, read_smp

    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--decay', type=float, default=0.03)
    args.add_argument('--epochs', type=int, default=5)
    args.add_argument('--smp', type=float, default=8.0, help='weight of SMP rows: they are few and of their own kind')
    o = args.parse_args()
    torch.set_num_threads(1)
    clue, smp = read_clue(o.text / 'zh_clueemotion2020'), read_smp(o.text / 'zh_smp2020_ewect')
    held = {match_key(t) for d in (clue, smp) for p in ('dev', 'test') for t in d[p].texts}
    blogs = read_microblogs(o.text / 'zh_nlpcc_weibo_spianmo', held)
    parts = [blogs, clue['train'], smp['train']]
    texts = [t for p in parts for t in p.texts]
    net = train(texts, np.vstack([p.allowed for p in parts]), np.concatenate([np.ones(len(blogs.texts)), np.ones(len(clue['train'].texts)), np.full(len(smp['train'].texts), o.smp)]), o.epochs, o.decay)
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), o.out / 'grams.pt')
    for part in ('dev', 'test'):
        print(part, 'CLUE accuracy', round(clue_accuracy(logits_of(net, clue[part].texts), clue[part].allowed), 4),
              'SMP macro-F1', round(smp_macro_f1(logits_of(net, smp[part].texts), smp[part].allowed), 4))


if __name__ == '__main__':
    main()
