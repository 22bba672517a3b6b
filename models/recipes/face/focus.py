"""How sharp a crop is: blur, sharpening, low resolution and the smooth skin of retouched and rendered pictures.

What is linear and separable is a matrix [n, 48, 48] a row, applied from both sides, so that every row of a batch has its own strength
without a loop.
"""

import torch
from torch.nn import functional as F

from geometry import SIDE, uniform


def applied(matrix: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    return (matrix @ x[:, 0] @ matrix.transpose(1, 2))[:, None]


def gaussian(sigma: torch.Tensor) -> torch.Tensor:
    """Matrices that blur by `sigma` [n] pixels."""
    axis = torch.arange(SIDE, dtype=torch.float32, device=sigma.device)
    weight = torch.exp(-0.5 * ((axis[:, None] - axis) / sigma[:, None, None]) ** 2)
    return weight / weight.sum(2, keepdim=True)


def coarse(side: torch.Tensor) -> torch.Tensor:
    """Matrices that resize to `side` [n] pixels (triangle filter, so without aliases) and back to 48 (bilinear)."""
    side = side[:, None, None]
    axis = torch.arange(SIDE, dtype=torch.float32, device=side.device)
    step = SIDE / side
    down = F.relu(1 - ((axis[:, None] + 0.5) * step - axis - 0.5).abs() / step)
    down = down / down.sum(2, keepdim=True).clamp(min=1e-6)
    place = torch.minimum(((axis[:, None] + 0.5) / step - 0.5).clamp(min=0), side - 1)
    return F.relu(1 - (place - axis).abs()) @ down


def blurred(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    return applied(gaussian(uniform(random, len(x), 0.4, 1.6)), x)


def sharpened(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Unsharp mask: large pictures made small, and cameras that sharpen, look crisper than FER2013."""
    amount = uniform(random, len(x), 0.3, 1.5)[:, None, None, None]
    soft = applied(gaussian(uniform(random, len(x), 0.8, 1.0)), x)
    return (x + amount * (x - soft)).clamp(0, 255)


def low_resolution(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    return applied(coarse(uniform(random, len(x), 11, 40).floor()), x)


def smoothed(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Bilateral filter over 5 x 5 pixels (Tomasi & Manduchi 1998): skin loses its grain, edges stay."""
    n = len(x)
    near = F.unfold(F.pad(x, (2, 2, 2, 2), mode="replicate"), 5)
    axis = torch.arange(5, device=x.device) - 2
    distance = (axis[:, None] ** 2 + axis**2).reshape(1, 25, 1) / (2 * 1.5**2)
    tone = uniform(random, n, 10, 40)[:, None, None]
    weight = torch.exp(-distance - ((near - x.flatten(2)) / tone) ** 2 / 2)
    return ((weight * near).sum(1) / weight.sum(1)).reshape(x.shape)
