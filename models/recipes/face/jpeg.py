"""What JPEG does to grey crops: 8 x 8 cosine transform and quantisation (ITU-T T.81), for a whole batch at once.

The stages after quantisation lose nothing and are left out.
"""

import torch

from geometry import SIDE, uniform

#: T.81, table K.1: quantisation of luminance.
LUMINANCE = [
    [16, 11, 10, 16, 24, 40, 51, 61],
    [12, 12, 14, 19, 26, 58, 60, 55],
    [14, 13, 16, 24, 40, 57, 69, 56],
    [14, 17, 22, 29, 51, 87, 80, 62],
    [18, 22, 37, 56, 68, 109, 103, 77],
    [24, 35, 55, 64, 81, 104, 113, 92],
    [49, 64, 78, 87, 103, 121, 120, 101],
    [72, 92, 95, 98, 112, 100, 103, 99],
]


def cosines(device: torch.device) -> torch.Tensor:
    """[48, 48]: the orthonormal transform of eight values, six times along the diagonal."""
    place = torch.arange(8, dtype=torch.float32, device=device)
    eight = torch.cos((2 * place + 1) * place[:, None] * (torch.pi / 16)) / 2
    eight[0] /= 2**0.5
    return torch.block_diag(*[eight] * (SIDE // 8))


def quantisation(quality: torch.Tensor) -> torch.Tensor:
    """Tables [n, 8, 8] for `quality` [n] from 1 to 100, as the Independent JPEG Group scales them."""
    table = torch.tensor(LUMINANCE, dtype=torch.float32, device=quality.device)
    scale = torch.where(quality < 50, 5000 / quality, 200 - 2 * quality)[:, None, None]
    return ((table * scale + 50) / 100).floor().clamp(1, 255)


def compressed(x: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
    transform = cosines(x.device)
    table = quantisation(quality).repeat(1, SIDE // 8, SIDE // 8)
    kept = ((transform @ (x[:, 0] - 128) @ transform.T) / table).round() * table
    return (transform.T @ kept @ transform + 128).clamp(0, 255)[:, None]


def compress(x: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    return compressed(x, uniform(random, len(x), 12, 70).floor())
