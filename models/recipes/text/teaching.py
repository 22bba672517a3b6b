"""Training of several members at once, and their answers."""

import json
from collections.abc import Callable

import numpy as np
import torch

from clock import Clock
from many import Many, key
from stock import Draw, Stock

WARM, MEMORY, EVERY, CLIP = 150, 0.997, 4, 5.0
WORDS = key('encoder.words.weight')


def optimiser_of(groups: list[tuple[list[torch.Tensor], float]]) -> torch.optim.AdamW:
    """(values, learning rate at its highest) each; groups without values are left out."""
    return torch.optim.AdamW([{'params': v, 'lr': rate, 'base': rate} for v, rate in groups if v], weight_decay=0.01, fused=True)


def step(optimiser: torch.optim.AdamW, clock: Clock, clip: float) -> None:
    values = [value for group in optimiser.param_groups for value in group['params']]
    torch.nn.utils.clip_grad_norm_(values, clip)
    for group in optimiser.param_groups:
        group['lr'] = group['base'] * clock.rate(WARM)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)


def train(many: Many, stock: Stock, draw: Draw, loss_of: Callable, clock: Clock, rates: tuple[float, float, float], log, seen: torch.Tensor | None,
          kept: tuple[int, Callable[[], None]] | None = None) -> None:
    """`loss_of(outputs, row numbers)` -> (members, rows). `rates` of the encoder, the heads and the words. `seen` (rows, members) is 0
    where a member must not learn from a row. Leaves `many` with the weights averaged over time; every `kept[0]` steps it has them
    while `kept[1]` runs."""
    device, kind = stock.device, number_kind(stock.device)
    named = dict(many.values.items())
    words = [v for n, v in named.items() if n == WORDS]
    head = [v for n, v in named.items() if not n.startswith('encoder')]
    encoder = [v for n, v in named.items() if n.startswith('encoder') and n != WORDS]
    optimiser = optimiser_of(list(zip((encoder, head, words), rates)))
    values = list(named.values())
    mean = [v.detach().clone() for v in values]
    running, counted = torch.zeros((), device=device), 0
    many.train()
    while clock.share < 1:
        rows, ways = draw.next()
        at = torch.from_numpy(rows).to(device)
        each = loss_of(many(*stock.batch(rows, ways), kind), at)
        if seen is not None:
            each = each * seen[at, torch.arange(many.members, device=device)[:, None]]
        loss = each.mean(1).sum()
        loss.backward()
        step(optimiser, clock, CLIP * many.members**0.5)
        if clock.step % EVERY == 0:
            with torch.no_grad():
                torch._foreach_lerp_(mean, [v.detach() for v in values], 1 - min(MEMORY, (1 + clock.step) / (20 + clock.step)))
        running += loss.detach()
        clock.step, counted = clock.step + 1, counted + 1
        if clock.step % 200 == 0:
            print(json.dumps({'step': clock.step, 'seconds': round(clock.elapsed), 'share': round(clock.share, 3), 'loss': round(running.item() / counted / many.members, 4)}), file=log, flush=True)
            running, counted = torch.zeros((), device=device), 0
        if kept and clock.step % kept[0] == 0:
            learned = [v.detach().clone() for v in values]
            with torch.no_grad():
                torch._foreach_copy_(values, mean)
                kept[1]()
                torch._foreach_copy_(values, learned)
    print(json.dumps({'steps done': clock.step, 'seconds': round(clock.elapsed)}), file=log, flush=True)
    with torch.no_grad():
        torch._foreach_copy_(values, mean)


def number_kind(device: torch.device) -> torch.dtype:
    return torch.bfloat16 if device.type == 'cuda' else torch.float32


@torch.no_grad()
def answers(many: Many, stock: Stock, rows_at_once: int = 256) -> dict[str, torch.Tensor]:
    """Every member's outputs for every row as it is: (members, rows, width), on the device, in float32."""
    many.eval()
    order = np.argsort(stock.length[:: stock.ways])
    found: dict[str, torch.Tensor] = {}
    for part in np.array_split(order, -(-stock.count // rows_at_once)):
        rows = np.broadcast_to(part, (many.members, len(part)))
        for name, value in many(*stock.batch(rows, np.zeros_like(rows)), number_kind(stock.device)).items():
            if name not in found:
                found[name] = torch.zeros(many.members, stock.count, value.shape[-1], device=stock.device)
            found[name][:, torch.from_numpy(part).to(stock.device)] = value.float()
    many.train()
    return found


def measure(name: str, many: Many, dev: dict[str, Stock], figures: Callable, log) -> list[dict[str, float]]:
    """Dev figures of the members' mean answer first, then of each member; `figures` takes the outputs for each part."""
    said = {part: answers(many, stock) for part, stock in dev.items()}
    take = lambda choose: figures({part: {k: choose(v).cpu().numpy() for k, v in out.items()} for part, out in said.items()})
    found = [take(lambda v: v.mean(0)), *(take(lambda v, e=e: v[e]) for e in range(many.members))]
    for k, one in enumerate(found):
        print(json.dumps({name if k == 0 else f'{name}, member {k - 1}': one}), file=log, flush=True)
    return found


def score(figures: dict[str, float]) -> float:
    return float(np.mean([v for k, v in figures.items() if k != 'threshold']))


def held_out(rows: int, members: int, rng: np.random.Generator, left_out: int) -> np.ndarray:
    """(rows, members): 1 where a member learns from a row. Every row is hidden from `left_out` members, which can then say what
    they would have called it."""
    fold = rng.integers(0, members, rows)[:, None]
    hidden = (fold + np.arange(left_out)) % members
    seen = np.ones((rows, members), np.float32)
    seen[np.arange(rows)[:, None], hidden] = 0
    return seen


def opinion(out: torch.Tensor, seen: torch.Tensor, hidden_weight: float = 3.0) -> torch.Tensor:
    """The members' mean (rows, width), those that never saw a row counting more."""
    weight = (1 + (hidden_weight - 1) * (1 - seen)).T[..., None]
    return (out * weight).sum(0) / weight.sum(0)
