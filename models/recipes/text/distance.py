"""Biases by how far apart two tokens are, as T5 has them (Raffel et al. 2020) and MPNet (Song et al. 2020)."""

import math

import torch

FURTHEST = 128


def rows_by_distance(place: torch.Tensor, rows: int) -> torch.Tensor:
    """place (tokens,) -> (tokens, tokens): which of the table's `rows` belongs to a query and a key. Half of them are for keys behind the query,
    half for keys before it; each distance has a row of its own while it is small, larger ones share one by their logarithm."""
    behind = place[:, None] - place[None, :]
    half, own = rows // 2, rows // 4
    away = behind.abs()
    far = own + (torch.log(away.clamp(min=1) / own) / math.log(FURTHEST / own) * (half - own)).long().clamp(max=half - own - 1)
    return (behind < 0).long() * half + torch.where(away < own, away, far)
