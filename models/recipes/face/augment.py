"""Augmentation of batches of crops on the device that holds them: geometry, light, focus, compression, occlusion, mixing."""

import torch

from focus import blurred, low_resolution, sharpened, smoothed
from geometry import SIDE, moved, uniform
from jpeg import compress

EYES, MOUTH = 18, 36
"""Rows of the eyes and the mouth in an aligned crop, in pixels."""


def light(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Gamma, a lateral gradient, clipped highlights and shadows, sensor noise (the network itself takes out mean and spread)."""

    def draw(low: float, high: float) -> torch.Tensor:
        return uniform(random, len(x), low, high)[:, None, None, None]

    x = 255 * (x.clamp(0, 255) / 255) ** torch.exp(draw(-0.6, 0.6))
    axis = torch.linspace(-0.5, 0.5, SIDE, device=x.device)
    x = x * (1 + draw(-0.4, 0.4) * axis + draw(-0.4, 0.4) * axis[:, None])
    x = (x - 128) * torch.exp(draw(-0.3, 0.3)) + 128 + draw(-20, 20)
    noise = 8 * draw(0, 1) * draw(0, 1)
    return (x + noise * torch.randn(x.shape, generator=random, device=x.device)).clamp(0, 255)


def occlude(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """One grey over a box anywhere, a bar over the eyes (dark glasses), or the mouth (a hand, a mask)."""

    def draw(low: float, high: float) -> torch.Tensor:
        return uniform(random, len(x), low, high)

    kind, shade = draw(0, 10), draw(0, 255)
    box, glasses = kind < 6, (kind >= 6) & (kind < 8)

    def choose(of_box: torch.Tensor, of_glasses: torch.Tensor, of_mouth: torch.Tensor) -> torch.Tensor:
        return torch.where(box, of_box, torch.where(glasses, of_glasses, of_mouth))

    width = choose(draw(6, 24), draw(30, 49), draw(20, 49)).floor()
    height = choose(draw(6, 24), draw(6, 13), draw(8, 17)).floor()
    middle, jitter = (SIDE - width) / 2, draw(-3, 4)
    left = torch.where(box, draw(0, 1) * (SIDE - width), middle).floor()
    top = choose(draw(0, 1) * (SIDE - height), EYES - height / 2 + jitter, MOUTH - height / 2 + jitter).floor()
    shade = torch.where(glasses, 0.4 * shade, shade)

    axis = torch.arange(SIDE, device=x.device)
    columns = (axis >= left[:, None]) & (axis < (left + width)[:, None])
    rows = (axis >= top[:, None]) & (axis < (top + height)[:, None])
    return torch.where(rows[:, None, :, None] & columns[:, None, None, :], shade[:, None, None, None], x)


#: Which share of a batch an operation works on; rows come shuffled, a row may meet several.
PARTS = [
    (0.00, 0.12, smoothed), (0.06, 0.14, low_resolution), (0.08, 0.22, sharpened), (0.22, 0.30, blurred), (0.30, 0.36, low_resolution),
    (0.34, 0.44, compress), (0.10, 0.14, compress), (0.40, 0.50, sharpened), (0.18, 0.26, occlude), (0.46, 0.58, occlude),
]


@torch.no_grad()
def augment(x: torch.Tensor, align: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """[n, 1, 48, 48] in 0..255 -> the same shape. `align` [n, 2, 3] and the generator live on the device of `x`."""
    x = light(moved(x, align, random), random)
    for start, end, operation in PARTS:
        rows = slice(int(start * len(x)), int(end * len(x)))
        x[rows] = operation(x[rows], random)
    return x


@torch.no_grad()
def mixed(random: torch.Generator, share: float, *parts: torch.Tensor) -> list[torch.Tensor]:
    """That share of the rows blended with their neighbours, crops and targets alike (mixup, Zhang et al. 2018)."""
    n = len(parts[0])
    weight = 0.5 * uniform(random, n, 0, 1) * (uniform(random, n, 0, 1) < share)
    out = []
    for part in parts:
        w = weight.reshape(-1, *[1] * (part.ndim - 1))
        out.append(part * (1 - w) + part.roll(1, 0) * w)
    return out
