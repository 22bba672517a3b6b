"""The figures on the card. Numpy only, so that every script computes them in one way."""

import numpy as np


def macro_f1(truth: np.ndarray, chosen: np.ndarray) -> float:
    """Mean over labels of F1; truth and chosen are (rows, labels) of 0 and 1."""
    hit = (truth * chosen).sum(0)
    total = truth.sum(0) + chosen.sum(0)
    return float(np.mean(np.where(total > 0, 2 * hit / np.maximum(total, 1), 0.0)))


def best_threshold(truth: np.ndarray, probabilities: np.ndarray) -> tuple[float, float]:
    """The one global threshold in 0.05, 0.06 … 0.95 with the highest macro-F1, and that macro-F1."""
    grid = np.round(np.arange(0.05, 0.951, 0.01), 2)
    scores = [macro_f1(truth, (probabilities >= t).astype(np.float32)) for t in grid]
    at = int(np.argmax(scores))
    return float(grid[at]), float(scores[at])


def softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def weighted_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    """F1 of each class that occurs, weighted by how often it does."""
    total = 0.0
    for c in np.unique(truth):
        hit = ((truth == c) & (guess == c)).sum()
        total += (truth == c).mean() * 2 * hit / max(1, (truth == c).sum() + (guess == c).sum())
    return float(total)
