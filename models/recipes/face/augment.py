"""Augmentation of batches of crops, on the fly: geometry, light, focus, compression, occlusion, low resolution."""

import io

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

SIDE = 48
EYES, MOUTH = 18, 36
"""Rows of the eyes and the mouth in an aligned crop, in pixels."""


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
    axis = torch.arange(SIDE, dtype=torch.float32)
    grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), -1).reshape(-1, 2)
    where = (grid @ theta[:, :, :2].transpose(1, 2) + theta[:, None, :, 2]).reshape(len(x), SIDE, SIDE, 2)
    return F.grid_sample(x, (where + 0.5) * (2 / SIDE) - 1, padding_mode="border", align_corners=False)


def geometry(x: torch.Tensor, align: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Half of the rows are warped to the template first; all are flipped, shifted, turned, scaled a little."""
    n = len(x)

    def uniform(low, high):
        return torch.rand(n, generator=random) * (high - low) + low

    identity = torch.tensor([[1.0, 0, 0], [0, 1, 0]]).expand(n, 2, 3)
    base = torch.where((uniform(0, 1) < 0.5)[:, None, None], align, identity)
    angle, scale = uniform(-0.25, 0.25), torch.exp(uniform(-0.2, 0.2))
    stretch, flip = torch.exp(uniform(-0.1, 0.1)), torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    turn = torch.stack([torch.stack([cos * flip * stretch, -sin], 1), torch.stack([sin * flip * stretch, cos], 1)], 1)
    centre = torch.full((n, 2, 1), (SIDE - 1) / 2)
    shift = torch.stack([uniform(-3.5, 3.5), uniform(-3.5, 3.5)], 1)[:, :, None]
    moved = torch.cat([turn, centre + shift - turn @ centre], 2)
    linear, offset = base[:, :, :2], base[:, :, 2:]
    return warp(x, torch.cat([linear @ moved[:, :, :2], linear @ moved[:, :, 2:] + offset], 2))


def low_resolution(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    side = int(torch.randint(12, 40, (1,), generator=random))
    small = F.interpolate(x, size=(side, side), mode="bilinear", antialias=True)
    return F.interpolate(small, size=(SIDE, SIDE), mode="bilinear", antialias=False)


def blurred(x: torch.Tensor, sigma: float) -> torch.Tensor:
    taps = torch.exp(-0.5 * (torch.arange(-3, 4) / sigma) ** 2)
    taps = (taps / taps.sum()).reshape(1, 1, 1, 7)
    x = F.conv2d(F.pad(x, (3, 3, 0, 0), mode="replicate"), taps)
    return F.conv2d(F.pad(x, (0, 0, 3, 3), mode="replicate"), taps.transpose(2, 3))


def blur(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    return blurred(x, 0.4 + 1.2 * float(torch.rand(1, generator=random)))


def sharpen(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Unsharp mask: large pictures made small, and cameras that sharpen, look crisper than FER2013."""
    amount = 0.3 + 1.2 * float(torch.rand(1, generator=random))
    return (x + amount * (x - blurred(x, 0.9))).clamp(0, 255)


def compress(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    out = []
    for picture in x[:, 0].clamp(0, 255).to(torch.uint8).numpy():
        store = io.BytesIO()
        Image.fromarray(picture).save(store, "JPEG", quality=int(torch.randint(12, 70, (1,), generator=random)))
        out.append(np.asarray(Image.open(store), np.float32))
    return torch.from_numpy(np.stack(out))[:, None]


def occlude(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """One grey over a box anywhere, a bar over the eyes (dark glasses), or the mouth (a hand, a mask)."""
    x = x.clone()

    def whole(low: int, high: int) -> int:
        return int(torch.randint(low, high, (1,), generator=random))

    for row in x:
        kind, shade = whole(0, 10), 255 * float(torch.rand(1, generator=random))
        if kind < 6:
            w, h = whole(6, 24), whole(6, 24)
            left, top = whole(0, SIDE - w + 1), whole(0, SIDE - h + 1)
        elif kind < 8:
            w, h, shade = whole(30, SIDE + 1), whole(6, 13), shade * 0.4
            left, top = (SIDE - w) // 2, EYES - h // 2 + whole(-3, 4)
        else:
            w, h = whole(20, SIDE + 1), whole(8, 17)
            left, top = (SIDE - w) // 2, MOUTH - h // 2 + whole(-3, 4)
        row[:, top : top + h, left : left + w] = shade
    return x


def light(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Gamma, a lateral gradient and sensor noise (mean and spread are normalised away by the network itself)."""
    n = len(x)
    gamma = torch.exp((torch.rand(n, 1, 1, 1, generator=random) - 0.5) * 1.2)
    x = 255 * (x.clamp(0, 255) / 255) ** gamma
    slope = (torch.rand(n, 2, 1, 1, generator=random) - 0.5) * 0.8
    axis = torch.linspace(-0.5, 0.5, SIDE)
    x = x * (1 + slope[:, :1] * axis[None, None, None, :] + slope[:, 1:] * axis[None, None, :, None])
    noise = 8 * torch.rand(n, 1, 1, 1, generator=random) * torch.rand(n, 1, 1, 1, generator=random)
    return (x + noise * torch.randn(x.shape, generator=random)).clamp(0, 255)


def augment(x: torch.Tensor, align: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """[n, 1, 48, 48] in 0..255 -> the same shape. Costly operations work on parts of the (shuffled) batch."""
    x = light(geometry(x, align, random), random)
    n = len(x)
    parts = [
        (0.00, 0.06, low_resolution), (0.06, 0.12, low_resolution), (0.12, 0.20, blur), (0.30, 0.40, sharpen), (0.40, 0.50, sharpen),
        (0.20, 0.26, compress), (0.46, 0.50, compress), (0.10, 0.30, occlude),
    ]
    for start, end, operation in parts:
        rows = slice(int(start * n), int(end * n))
        x[rows] = operation(x[rows], random)
    return x
