"""Step 3 of the voice recipe: trains nine models (five folds of speakers, three corpora left out, the shipped one), but for the reading of the course.

python models/recipes/voice/fit.py     keeps each as models/recipes/.work/voice/model-<name>.pkl, and goes on where it stopped
"""
import os
import pickle
import time

import numpy as np

from corpus import CORPORA, WORK, Clips, folds
from model import Model

# The shipped weights never see these four. They are in fold 4 as well: what was chosen by the folds, these four helped choose.
HELD_OUT = ["ravdess-17", "ravdess-18", "ravdess-19", "ravdess-20"]


def splits(plain):
    """Name of a model -> the rows that it may see."""
    fold = folds(plain)
    named = {"shipped": ~np.isin(plain.speaker, HELD_OUT)}
    named |= {f"without-{corpus}": plain.corpus != corpus for corpus in CORPORA}
    return named | {f"fold-{k}": fold != k for k in range(5)}


def path_of(name):
    return os.path.join(WORK, f"model-{name}.pkl")


def said_of_courses(name, plain):
    """[n, 9] what train_sequence.py's net of a split says of every plain clip."""
    said = np.load(os.path.join(WORK, f"sequence-{name}.npz"))
    assert (said["id"] == plain.id).all()
    return said["logits"]


def heard_by_strangers(plain):
    """[n, 9] what the net says of each clip that was trained without its speaker."""
    fold = folds(plain)
    each = np.stack([said_of_courses(f"fold-{k}", plain) for k in range(5)])
    return each[fold, np.arange(len(fold))]


def load(name, plain):
    with open(path_of(name), "rb") as file:
        model = pickle.load(file)
    model.course = said_of_courses(name, plain)
    return model


def main():
    plain, copies = Clips(["plain"]), Clips(["augmented1", "augmented2"])
    print("clips", {c: int((plain.corpus == c).sum()) for c in CORPORA}, "augmented copies", len(copies.id), flush=True)
    heard = heard_by_strangers(plain)
    for name, train in splits(plain).items():
        if os.path.exists(path_of(name)):
            continue
        started = time.time()
        model = Model(plain, copies, train, heard)
        with open(path_of(name), "wb") as file:
            pickle.dump(model, file)
        print(name, f"{time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
