"""Step 2 of the voice recipe: trains, cross-validates, calibrates and exports the voice model.

python models/recipes/voice/train.py          (needs extract.ts' files; prints the card's figures, writes models/weights/voice-emotion)
"""
import os
import sys
import time

import numpy as np
import torch

import export
import figures
import net
from corpus import CORPORA, WORK, Clips, folds
from latent import Latent, gaussian_log, infer_offset

INDEPENDENCE, ROUNDS = .2, 15
# Share of the corpora left out in the calibration: people bring recordings from no corpus that was trained on.
STRANGERS = .9
HELD_OUT = ["ravdess-17", "ravdess-18", "ravdess-19", "ravdess-20"]


class Model:
    """Latent space and net, trained on the plain clips of `train` and the augmented copies of the same speakers."""

    def __init__(self, plain, copies, train):
        speakers = np.unique(plain.speaker[train])
        # nEMO has more than half of all clips: a third of it keeps the space from being mostly Polish.
        fit = train & ((plain.corpus != "nemo") | (np.arange(len(plain.id)) % 3 == 0))
        self.latent = Latent(plain.X[fit], plain.fine[fit], plain.speaker[fit], len(plain.prosody_names))
        b, M = self.latent.b, self.latent.M
        self.scale = np.sqrt(1 + b + M.var(0))
        same = np.isin(copies.speaker, speakers) if copies else []
        parts = [(plain, train)] + ([(copies, same)] if copies else [])
        both = {key: np.concatenate([getattr(c, key)[i] for c, i in parts]) for key in ("fine", "corpus", "proxy")}
        self.net = net.train(np.concatenate([self.latent.project(c.X[i]) for c, i in parts]), both, b, self.scale)

    def alone(self, X):
        Z = self.latent.project(X)
        return self.outputs(Z, np.zeros(Z.shape[1]), self.latent.b)

    def joint(self, X):
        Z = self.latent.project(X)
        offset, variance = infer_offset(Z, self.latent.M, self.latent.b, self.latent.known, INDEPENDENCE, ROUNDS)
        return self.outputs(Z, offset, variance)

    def outputs(self, Z, offset, variance):
        """[n, 9] net logits, [n, 9] Gaussian log likelihoods, [n, 2] valence and arousal, side by side."""
        with torch.no_grad():
            logits, affect = self.net(torch.tensor((Z - offset) / self.scale, dtype=torch.float32))
        gaussian = gaussian_log(Z - offset, self.latent.M, 1 + variance, self.latent.known)
        gaussian = gaussian - gaussian.max(1, keepdims=True)
        return np.hstack([logits.numpy(), np.maximum(gaussian, -1e4), affect.numpy()])


def one_sided(index, category, rng):
    """For each emotion of a speaker: all its clips and a quarter as many of others."""
    for c in np.unique(category[index]):
        mine, others = index[category[index] == c], index[category[index] != c]
        yield np.concatenate([mine, rng.permutation(others)[: max(2, len(mine) // 4)]])


def predict(model, plain, test):
    """(row numbers, outputs) of the test rows: alone, all of a speaker's clips together, one-sided selections."""
    rng = np.random.default_rng(0)
    rows = np.where(test)[0]
    found = {"alone": [(rows, model.alone(plain.X[rows]))], "balanced": [], "one-sided": []}
    for speaker in np.unique(plain.speaker[rows]):
        mine = rows[plain.speaker[rows] == speaker]
        found["balanced"].append((mine, model.joint(plain.X[mine])))
        for part in one_sided(mine, plain.category, rng):
            found["one-sided"].append((part, model.joint(plain.X[part])))
    return found


def collect(parts):
    return {mode: (np.concatenate([rows for p in parts for rows, _ in p[mode]]), np.concatenate([out for p in parts for _, out in p[mode]]))
            for mode in parts[0]}


def main():
    started = time.time()
    if "--calibrate" in sys.argv:
        return calibrate_again()
    plain = Clips(["plain"])
    copies = Clips(["augmented1", "augmented2"]) if os.path.exists(os.path.join(WORK, "augmented1-ravdess.jsonl")) else None
    print("clips", {c: int((plain.corpus == c).sum()) for c in CORPORA}, "augmented copies", len(copies.id) if copies else 0, flush=True)
    fold, within, across = folds(plain), [], []
    for k in range(5):
        within.append(predict(Model(plain, copies, fold != k), plain, fold == k))
        print("fold", k, f"{time.time() - started:.0f} s", flush=True)
    for corpus in CORPORA:
        across.append(predict(Model(plain, copies, plain.corpus != corpus), plain, plain.corpus == corpus))
        print("without", corpus, f"{time.time() - started:.0f} s", flush=True)
    within, across = collect(within), collect(across)
    shipped = Model(plain, copies, ~np.isin(plain.speaker, HELD_OUT))
    held = collect([predict(shipped, plain, np.isin(plain.speaker, HELD_OUT))])
    save(within=within, across=across, held=held)
    torch.save(shipped, os.path.join(WORK, "shipped.pt"))
    calibrate_again()


def save(**sources):
    arrays = {f"{name}_{mode}_{k}": part for name, found in sources.items() for mode, pair in found.items() for k, part in enumerate(pair)}
    np.savez(os.path.join(WORK, "outputs.npz"), **arrays)


def calibrate_again():
    """Calibration, figures and manifest from the saved outputs (also alone: train.py --calibrate)."""
    plain, arrays = Clips(["plain"]), np.load(os.path.join(WORK, "outputs.npz"))
    within, across, held = [{mode: (arrays[f"{name}_{mode}_0"], arrays[f"{name}_{mode}_1"]) for mode in figures.MODES}
                            for name in ("within", "across", "held")]
    print("-- calibrated on known corpora only, for comparison")
    figures.report(plain, within, across, figures.calibrate(plain, within, across, 0))
    print("-- shipped calibration")
    calibration = figures.calibrate(plain, within, across, STRANGERS)
    figures.report(plain, within, across, calibration)
    figures.report_held_out(plain, held, calibration)
    figures.report_strange_calibration(plain, within, across, STRANGERS)
    figures.write_predictions(plain, within, across, calibration)
    export.write_graphs(torch.load(os.path.join(WORK, "shipped.pt"), weights_only=False))
    export.write_manifest(plain, calibration, INDEPENDENCE, ROUNDS)


if __name__ == "__main__":
    main()
