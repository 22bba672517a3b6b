"""The latent space: class mean + speaker offset + noise, where noise is white and the speaker's offset has independent parts.

A two-covariance PLDA (Brummer and de Villiers 2010, "The speaker partitioning problem", section 2) with the emotion as the
class and the speaker as a nuisance. W (noise) and B (offsets) are diagonalised together, so that W = I and B = diag(b).
"""
import numpy as np
from scipy.linalg import cholesky, eigh, solve_triangular
from sklearn.decomposition import PCA

PROSODY_PARTS, LAYER_PARTS = 50, 160


class Latent:
    def __init__(self, X, fine, speaker, prosody_count, classes=9):
        self.mean, self.scale = X.mean(0), X.std(0) + 1e-5
        S = np.clip((X - self.mean) / self.scale, -6, 6)
        layers = X.shape[1] - prosody_count
        parts = [(PCA(LAYER_PARTS, svd_solver="randomized", iterated_power=2, random_state=0), slice(0, layers)),
                 (PCA(PROSODY_PARTS, svd_solver="randomized", iterated_power=2, random_state=0), slice(layers, None))]
        A = np.zeros((X.shape[1], LAYER_PARTS + PROSODY_PARTS), np.float32)
        column = 0
        for pca, block in parts:
            pca.fit(S[:, block])
            width = pca.n_components_
            A[block, column : column + width] = pca.components_.T / np.sqrt(pca.explained_variance_)
            column += width
        P = S @ A
        M, offsets, index = alternate(P, fine, speaker, classes)
        known = np.unique(fine)
        R = P - M[fine] - offsets[index]
        D = P.shape[1]
        W = R.T @ R / len(R)
        W = .95 * W + .05 * np.diag(np.diag(W))
        B = offsets.T @ offsets / len(offsets)
        B = (B + np.diag(np.diag(B))) / 2 + 1e-3 * np.eye(D)
        L = cholesky(W, lower=True)
        half = solve_triangular(L, B, lower=True)
        b, U = eigh(solve_triangular(L, half.T, lower=True))
        V = solve_triangular(L, U, lower=True, trans="T")
        self.A, self.b, self.M, self.known = (A @ V).astype(np.float32), np.maximum(b, 0), M @ V, known

    def project(self, X):
        return np.clip((X - self.mean) / self.scale, -6, 6) @ self.A


def alternate(P, fine, speaker, classes, rounds=20):
    """Class means and speaker offsets that explain P together; the offsets have mean zero."""
    names, index = np.unique(speaker, return_inverse=True)
    offsets = np.zeros((len(names), P.shape[1]))
    M = np.zeros((classes, P.shape[1]))
    for _ in range(rounds):
        R = P - offsets[index]
        for c in np.unique(fine):
            M[c] = R[fine == c].mean(0)
        for k in range(len(names)):
            mine = index == k
            offsets[k] = (P[mine] - M[fine[mine]]).mean(0)
        centre = offsets.mean(0)
        offsets -= centre
        M[np.unique(fine)] += centre
    return M, offsets, index


def gaussian_log(Z, M, variance, known):
    """Log likelihood [n, classes] of Z under N(M_c, diag(variance)), up to a constant a row; -inf for classes never seen."""
    out = Z @ (M / variance).T - .5 * (M * M / variance).sum(1)
    out[:, ~np.isin(np.arange(len(M)), known)] = -np.inf
    return out


def softmax(l):
    q = np.exp(l - l.max(1, keepdims=True))
    return q / q.sum(1, keepdims=True)


def infer_offset(Z, M, b, known, independence=.2, rounds=15, weights=None):
    """Posterior mean and variance of one speaker's offset, by turns with the classes of the clips; as models/voice/baseline.ts."""
    weights = np.ones(len(Z)) if weights is None else weights
    counts = weights * independence
    variance = b / (1 + counts.sum() * b)
    offset, spread = np.zeros(Z.shape[1]), 1 + b
    for _ in range(rounds):
        q = softmax(gaussian_log(Z - offset, M, spread, known))
        offset = variance * (counts[:, None] * (Z - q @ M)).sum(0)
        spread = 1 + variance
    return offset, variance
