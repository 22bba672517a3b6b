"""The layer on character runs of the Chinese model: eight labels of microblogs. Its logits are mixed with the encoder's.

    python models/recipes/text/chinese_grams.py --text <unpacked text.tar.xz> --out <out of chinese.py>   ->  grams.pt
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from chinese_figures import clue_accuracy, smp_macro_f1
from data import match_key
from grams import BUCKETS, Grams, frequency_weights, grams, outputs_of, padded
from weibo import read_clue, read_microblogs, read_smp

KIND = 'characters'


def train(texts: list[str], allowed: np.ndarray, weights: np.ndarray, epochs: int, decay: float, rate: float = 0.05, seed: int = 5) -> Grams:
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    rows = [grams(t, KIND) for t in texts]
    frequency = frequency_weights(rows)
    weight_of = torch.tensor(frequency)
    values = torch.nn.Parameter(torch.zeros(BUCKETS, allowed.shape[1]))
    bias = torch.nn.Parameter(torch.zeros(allowed.shape[1]))
    optimiser = torch.optim.AdamW([{'params': [values], 'weight_decay': decay}, {'params': [bias], 'weight_decay': 0.0}], lr=rate)
    allowed, weights = torch.tensor(allowed), torch.tensor(weights, dtype=torch.float32)
    batches = [b for b in np.array_split(np.argsort([len(r) for r in rows], kind='stable'), len(rows) // 128)]
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group['lr'] = rate * (1 - epoch / epochs)
        order.shuffle(batches)
        for b in batches:
            buckets = padded([rows[i] for i in b])
            present = (buckets >= 0).to(torch.float32)
            scale = weight_of[buckets.clamp(min=0)] * present
            scale = scale / scale.square().sum(1, keepdim=True).clamp(min=1.0).sqrt()
            logits = torch.nn.functional.embedding_bag(buckets.clamp(min=0), values, per_sample_weights=scale, mode='sum') + bias
            chosen = torch.logsumexp(logits.masked_fill(allowed[b] == 0, -1e4), -1)
            ((torch.logsumexp(logits, -1) - chosen) * weights[b]).mean().backward()
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
    net = Grams([allowed.shape[1]])
    net.fill(frequency, 0, values.detach().numpy(), bias.detach().numpy())
    return net


def main() -> None:
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
        print(part, 'CLUE accuracy', round(clue_accuracy(outputs_of(net, clue[part].texts, KIND)[0], clue[part].allowed), 4),
              'SMP macro-F1', round(smp_macro_f1(outputs_of(net, smp[part].texts, KIND)[0], smp[part].allowed), 4))


if __name__ == '__main__':
    main()
