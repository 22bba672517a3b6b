"""Temperatures and the widths of the dimensions, fitted on dev parts."""

import numpy as np

from metrics import softmax


def fit_temperature(logits: np.ndarray, share: np.ndarray) -> float:
    """The temperature with the least cross entropy against the votes (rows, classes); sets of classes count as the sum of theirs."""
    grid = np.round(np.arange(0.4, 4.001, 0.02), 2)
    whole = share.max() <= 1 and np.allclose(share.sum(1), 1)
    cost = lambda p: -(share * np.log(p + 1e-12)).sum(1).mean() if whole else -np.log((p * (share > 0)).sum(1) + 1e-12).mean()
    return float(grid[int(np.argmin([cost(softmax(logits / t)) for t in grid]))])


def sd_factor(mean: np.ndarray, sd: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """What the sds must be multiplied by so that the errors are as wide as they say, column by column; 1 where nothing was seen."""
    error = (((mean - seen) / sd) ** 2).mean(0)
    return np.where(np.isnan(error), 1.0, np.sqrt(error)).astype(np.float32)
