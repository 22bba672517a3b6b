"""A Chinese encoder to start from: it learns the English encoder's vectors across translations, and to guess hidden characters.

Reimers and Gurevych 2020, "Making monolingual sentence embeddings multilingual"; Devlin et al. 2019, masked words. Its layers
start from the English encoder's, its characters from the English words that stand across from them (vocabulary.py).
"""

import json

import numpy as np
import torch
import torch.nn.functional as F

from clock import Clock
from many import Many
from stock import Draw, Stock
from teaching import CLIP, WORDS, number_kind, optimiser_of, step

HIDDEN_SHARE = 0.15
ROWS, WORD_RATE, MASKED = 256, 3.0, 0.3


def masked_loss(many: Many, batch, kind, mask: int, size: int) -> torch.Tensor:
    """Of the characters asked for, 8 in 10 are hidden, 1 is another one, 1 stays; the words' own vectors are the output layer."""
    ids, length, target = batch
    place = torch.arange(ids.shape[-1], device=ids.device)
    inside = (place > 0) & (place < length[..., None] - 1)
    asked = inside & (torch.rand(ids.shape, device=ids.device) < HIDDEN_SHARE)
    way = torch.rand(ids.shape, device=ids.device)
    shown = torch.where(asked & (way < 0.8), mask, torch.where(asked & (way > 0.9), torch.randint(0, size, ids.shape, device=ids.device), ids))
    p = many.cast(kind)
    states = many.states(p, shown, length, target, kind)[0][asked.reshape(-1)]
    words = p[WORDS][0]
    return F.cross_entropy((states @ words.T).float(), ids[asked])


def begin(many: Many, pairs: Stock, vectors: torch.Tensor, plain: Stock, mask: int, size: int, clock: Clock, rate: float, rng: np.random.Generator, log) -> None:
    """`vectors` (rows of `pairs`, 384) are the English encoder's; changes the one member of `many`."""
    kind, even = number_kind(pairs.device), lambda stock: Draw(stock, np.ones(stock.count), 1, ROWS, rng)
    from_pairs, from_plain = even(pairs), even(plain)
    spread = vectors.var(0).mean()
    words = [v for n, v in many.values.items() if n == WORDS]
    body = [v for n, v in many.values.items() if n != WORDS]
    optimiser = optimiser_of([(body, rate), (words, WORD_RATE * rate)])
    running = []
    while clock.share < 1:
        rows, ways = from_pairs.next()
        far = ((many(*pairs.batch(rows, ways), kind)['pooled'][0] - vectors[torch.from_numpy(rows[0]).to(vectors.device)]) ** 2).mean() / spread
        far.backward()
        unknown = masked_loss(many, plain.batch(*from_plain.next()), kind, mask, size)
        (MASKED * unknown).backward()
        step(optimiser, clock, CLIP)
        clock.step += 1
        if clock.step % 50 == 0:
            running.append(torch.stack([far.detach(), unknown.detach()]))
        if clock.step % 500 == 0:
            near, guess = torch.stack(running).mean(0).tolist()
            print(json.dumps({'step': clock.step, 'seconds': round(clock.elapsed), 'distance to English': round(near, 4), 'hidden characters': round(guess, 3)}), file=log, flush=True)
            running = []
    print(json.dumps({'steps done': clock.step, 'seconds': round(clock.elapsed)}), file=log, flush=True)
