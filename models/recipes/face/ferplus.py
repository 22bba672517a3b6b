"""FER+ as arrays: pictures, vote distributions and splits without copies across them."""

import lzma
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data" / "face"
FERPLUS = DATA / "ferplus"
WORK = ROOT / "models" / "recipes" / ".work"
FINE = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"]
MEANT = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear"]
SEARCH_WORDS = {
    "neutral": "neutral", "happy": "happiness", "surprise": "surprise", "sad": "sadness", "angry": "anger", "disgust": "disgust", "fear": "fear",
}
DEV_SHARE = 0.1


def load_pictures(folder: Path = FERPLUS) -> np.ndarray:
    """uint8 [32134, 48, 48]."""
    raw = lzma.open(folder / "ferplus_train_valid.u8.xz").read()
    return np.frombuffer(raw, np.uint8).reshape(-1, 48, 48)


def load_votes(folder: Path = FERPLUS) -> dict[str, np.ndarray]:
    """Votes [n, 10] (the 8 classes, unknown, no face) with usage, name and md5_group."""
    with np.load(folder / "ferplus_train_valid.labels.npz", allow_pickle=True) as table:
        votes = {key: table[key] for key in table}
    assert [str(v) for v in votes["vote_names"][:8]] == FINE
    return votes


def vote_distributions(votes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Targets [n, 8], weights [n] and majority [n] (-1 where there is none).

    A single vote is noise (the FER+ authors drop it too). Votes for unknown and no face are masked out of
    the target and lower the weight of the row instead. The majority must be unique and beat both.
    """
    kept = votes.astype(np.float32).copy()
    kept[kept <= 1] = 0
    known = kept[:, :8].sum(1)
    total = np.maximum(kept.sum(1), 1)
    targets = kept[:, :8] / np.maximum(known, 1)[:, None]
    weights = np.where(known >= 0.5 * total, known / total, 0).astype(np.float32)
    order = np.sort(kept, axis=1)
    best = kept.argmax(1)
    majority = np.where((best < 8) & (order[:, -1] > order[:, -2]), best, -1)
    return targets, weights, majority


def meant_distributions(labels: np.ndarray) -> np.ndarray:
    """FER2013's own labels [n, 7] (the word that the picture was searched with); copies with different labels share."""
    out = np.zeros((len(labels), len(MEANT)), np.float32)
    for row, label in enumerate(labels):
        words = str(label).split("|")
        for word in words:
            out[row, MEANT.index(SEARCH_WORDS[word])] += 1 / len(words)
    return out


def splits(table: dict[str, np.ndarray], majority: np.ndarray) -> dict[str, np.ndarray]:
    """Row numbers of train, dev (a tenth of Training, by md5 group) and test (PublicTest).

    Pixel-identical copies never cross: test rows that are copied in Training are dropped from test,
    copies inside a part count once.
    """
    public = table["usage"] == "PublicTest"
    groups = table["md5_group"].astype(str)
    training_groups = set(groups[~public])
    first = np.zeros(len(groups), bool)
    first[np.unique(groups, return_index=True)[1]] = True
    test = public & ~np.isin(groups, list(training_groups)) & (majority >= 0) & first
    names = np.unique(groups[~public])
    np.random.default_rng(20).shuffle(names)
    dev_names = names[: int(len(names) * DEV_SHARE)]
    in_dev = np.isin(groups, dev_names) & ~public
    dev = in_dev & (majority >= 0) & first
    train = ~public & ~in_dev
    return {part: np.flatnonzero(mask) for part, mask in (("train", train), ("dev", dev), ("test", test))}
