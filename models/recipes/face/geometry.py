"""Where a crop is sampled from: the alignment to the template, and turns, shifts, scales and mirror images of it."""

import numpy as np
import torch
from torch.nn import functional as F

SIDE = 48


def uniform(random: torch.Generator, n: int, low: float, high: float) -> torch.Tensor:
    """[n] on the generator's device."""
    return torch.rand(n, generator=random, device=random.device) * (high - low) + low


def alignments(points: np.ndarray, scores: np.ndarray, template: np.ndarray) -> np.ndarray:
    """Similarity [n, 2, 3] from template pixels to crop pixels (least squares, Umeyama 1991); identity where no face was found."""
    n = len(points)
    out = np.tile(np.array([[1, 0, 0], [0, 1, 0]], np.float32), (n, 1, 1))
    rows = np.flatnonzero(scores > 0.6)
    q = template - template.mean(0)
    p = points[rows] - points[rows].mean(1, keepdims=True)
    norm = (q * q).sum()
    a = (p * q).sum((1, 2)) / norm
    b = (q[:, 0] * p[:, :, 1] - q[:, 1] * p[:, :, 0]).sum(1) / norm
    shift = points[rows].mean(1) - np.stack(
        [a * template[:, 0].mean() - b * template[:, 1].mean(), b * template[:, 0].mean() + a * template[:, 1].mean()], 1
    )
    out[rows] = np.stack([np.stack([a, -b, shift[:, 0]], 1), np.stack([b, a, shift[:, 1]], 1)], 1)
    return out


def warp(x: torch.Tensor, theta: torch.Tensor) -> torch.Tensor:
    """[n, 1, 48, 48] sampled where `theta` [n, 2, 3] sends each pixel; the edge goes on outside."""
    axis = torch.arange(SIDE, dtype=torch.float32, device=x.device)
    across = theta[:, None, None, :, 0] * axis[None, None, :, None]
    down = theta[:, None, None, :, 1] * axis[None, :, None, None]
    where = across + down + theta[:, None, None, :, 2]
    return F.grid_sample(x, (where + 0.5) * (2 / SIDE) - 1, padding_mode="border", align_corners=False)


def moved(x: torch.Tensor, align: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Half of the rows are warped to the template first; all are mirrored, shifted, turned, scaled a little."""
    n = len(x)

    def draw(low: float, high: float) -> torch.Tensor:
        return uniform(random, n, low, high)

    identity = torch.eye(2, 3, device=x.device).expand(n, 2, 3)
    base = torch.where((draw(0, 1) < 0.5)[:, None, None], align, identity)
    angle, scale = draw(-0.26, 0.26), torch.exp(draw(-0.26, 0.26))
    stretch, mirror = torch.exp(draw(-0.13, 0.13)), torch.where(draw(0, 1) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    turn = torch.stack([torch.stack([cos * mirror * stretch, -sin], 1), torch.stack([sin * mirror * stretch, cos], 1)], 1)
    centre = torch.full((n, 2, 1), (SIDE - 1) / 2, device=x.device)
    shift = torch.stack([draw(-4.5, 4.5), draw(-4.5, 4.5)], 1)[:, :, None]
    linear, offset = base[:, :, :2], base[:, :, 2:]
    return warp(x, torch.cat([linear @ turn, linear @ (centre + shift - turn @ centre) + offset], 2))
