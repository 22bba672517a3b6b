"""Augmentation of batches of crops, on the fly: geometry, light, blur, compression, occlusion, low resolution."""

import io

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

SIDE = 48


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


def geometry(x: torch.Tensor, align: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Half of the rows are warped to the template first; all are flipped, shifted, turned, scaled a little."""
    n = len(x)

    def uniform(low, high):
        return torch.rand(n, generator=random) * (high - low) + low

    identity = torch.tensor([[1.0, 0, 0], [0, 1, 0]]).expand(n, 2, 3)
    base = torch.where((uniform(0, 1) < 0.5)[:, None, None], align, identity)
    angle, scale = uniform(-0.22, 0.22), torch.exp(uniform(-0.16, 0.14))
    stretch, flip = torch.exp(uniform(-0.06, 0.06)), torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    turn = torch.stack([torch.stack([cos * flip * stretch, -sin], 1), torch.stack([sin * flip * stretch, cos], 1)], 1)
    centre = torch.full((n, 2, 1), (SIDE - 1) / 2)
    shift = torch.stack([uniform(-3.5, 3.5), uniform(-3.5, 3.5)], 1)[:, :, None]
    moved = torch.cat([turn, centre + shift - turn @ centre], 2)
    linear, offset = base[:, :, :2], base[:, :, 2:]
    theta = torch.cat([linear @ moved[:, :, :2], linear @ moved[:, :, 2:] + offset], 2)
    axis = torch.arange(SIDE, dtype=torch.float32)
    grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), -1).reshape(-1, 2)
    where = (grid @ theta[:, :, :2].transpose(1, 2) + theta[:, None, :, 2]).reshape(n, SIDE, SIDE, 2)
    return F.grid_sample(x, (where + 0.5) * (2 / SIDE) - 1, padding_mode="border", align_corners=False)


def low_resolution(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    side = int(torch.randint(12, 40, (1,), generator=random))
    small = F.interpolate(x, size=(side, side), mode="bilinear", antialias=True)
    return F.interpolate(small, size=(SIDE, SIDE), mode="bilinear", antialias=False)


def blur(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    sigma = 0.4 + 1.2 * float(torch.rand(1, generator=random))
    taps = torch.exp(-0.5 * (torch.arange(-3, 4) / sigma) ** 2)
    taps = (taps / taps.sum()).reshape(1, 1, 1, 7)
    x = F.conv2d(F.pad(x, (3, 3, 0, 0), mode="replicate"), taps)
    return F.conv2d(F.pad(x, (0, 0, 3, 3), mode="replicate"), taps.transpose(2, 3))


def compress(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    out = []
    for picture in x[:, 0].clamp(0, 255).to(torch.uint8).numpy():
        store = io.BytesIO()
        Image.fromarray(picture).save(store, "JPEG", quality=int(torch.randint(15, 70, (1,), generator=random)))
        out.append(np.asarray(Image.open(store), np.float32))
    return torch.from_numpy(np.stack(out))[:, None]


def occlude(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """A bar or a box of one grey over up to a quarter of the crop."""
    x = x.clone()
    for row in x:
        w, h = (int(v) for v in torch.randint(6, 22, (2,), generator=random))
        if float(torch.rand(1, generator=random)) < 0.3:
            w = SIDE
            h = min(h, 9)
        left = int(torch.randint(0, SIDE - w + 1, (1,), generator=random))
        top = int(torch.randint(0, SIDE - h + 1, (1,), generator=random))
        row[:, top : top + h, left : left + w] = 255 * torch.rand(1, generator=random)
    return x


def light(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Gamma, a lateral gradient and sensor noise (mean and spread are normalised away by the network itself)."""
    n = len(x)
    gamma = torch.exp((torch.rand(n, 1, 1, 1, generator=random) - 0.5) * 1.0)
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
    parts = [(0.00, 0.08, low_resolution), (0.08, 0.16, low_resolution), (0.16, 0.26, blur), (0.26, 0.34, compress), (0.14, 0.30, occlude)]
    for start, end, operation in parts:
        rows = slice(int(start * n), int(end * n))
        x[rows] = operation(x[rows], random)
    return x
