"""Valence and arousal from a distribution over the eight expressions: a linear map fitted on two sources.

AffectNet-C25: 1,600 pictures, each judged by 25 people for expression, valence and arousal (ratings only). Mean valence
(arousal) of a picture is regressed on the shares of its expression votes.
DiffusionFER: 1,285 synthetic faces with one expression, valence and arousal each.
Both count alike. They disagree about the zero of arousal (neutral: -.8 in the one, 0 in the other): the map lies
between, and the residual sd carries the disagreement. Checked by 10-fold cross-validation.
"""

import csv

import numpy as np

from ferplus import DATA, FINE

FOLDER = DATA / "affectnetc25" / "AffectNetC25"
CODES = ["happiness", "sadness", "surprise", "fear", "disgust", "anger", "contempt", "neutral"]
SHEET_ORDER = ["neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger"]


def read(name: str) -> np.ndarray:
    """[pictures, 25] ratings, NaN where one is missing."""
    rows = []
    for part in ("set1", "set2"):
        with open(FOLDER / f"{name}_{part}_C25.csv", newline="") as file:
            table = list(csv.reader(file))[1:]
        rows += [[float(v) if v.strip() else np.nan for v in row[2:27]] for row in table]
    return np.array(rows)


def affectnet() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    votes = read("expression")
    order = [CODES.index(label) for label in FINE]
    shares = np.stack([(votes == code).sum(1) for code in order], 1).astype(float)
    shares /= shares.sum(1, keepdims=True)
    return shares, {name: np.nanmean(read(name), axis=1) for name in ("valence", "arousal")}


def diffusionfer() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    with open(DATA / "diffusionfer" / "DiffusionFER" / "DiffusionEmotion_S" / "dataset_sheet.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = [FINE.index(SHEET_ORDER[int(row["expression"])]) for row in rows]
    return np.eye(len(FINE))[labels], {
        name: np.array([float(row[name]) for row in rows]) for name in ("valence", "arousal")
    }


def solve(columns: np.ndarray, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    root = np.sqrt(weight)
    return np.linalg.lstsq(columns * root[:, None], target * root, rcond=None)[0]


def fit() -> dict[str, dict]:
    (a, a_targets), (b, b_targets) = affectnet(), diffusionfer()
    source = np.arange(len(a) + len(b)) >= len(a)
    # The last column takes up that the sources differ in their zero; the map itself lies in the middle.
    columns = np.column_stack([np.concatenate([a, b]), np.where(source, 0.5, -0.5)])
    weight = np.where(source, 0.5 / len(b), 0.5 / len(a))
    fold = np.random.default_rng(3).permutation(len(columns)) % 10
    out = {}
    for name in ("valence", "arousal"):
        target = np.concatenate([a_targets[name], b_targets[name]])
        residual = np.empty(len(target))
        for k in range(10):
            rest = fold != k
            residual[~rest] = target[~rest] - columns[~rest, :-1] @ solve(columns[rest], target[rest], weight[rest])[:-1]
        sd = float(np.sqrt((weight * residual**2).sum()))
        for label, part in (("AffectNet-C25", ~source), ("DiffusionFER", source)):
            correlation = np.corrcoef(target[part] - residual[part], target[part])[0, 1]
            print(f"{name}, {label}: n {part.sum()}, correlation {correlation:.3f}, bias {-residual[part].mean():.3f}")
        print(f"{name}: cross-validated residual sd {sd:.3f}")
        by_fine_label = [round(float(w), 4) for w in np.clip(solve(columns, target, weight)[:-1], -1, 1)]
        out[name] = {"byFineLabel": by_fine_label, "residualSd": round(sd, 4)}
    return out


if __name__ == "__main__":
    print(dict(zip(FINE, zip(*[m["byFineLabel"] for m in fit().values()]))))
