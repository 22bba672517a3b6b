"""Features and labels that extract.ts wrote, and the label tables of the voice recipe."""
import csv
import glob
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.environ.get("VOICE_WORK", os.path.join(HERE, "..", ".work", "voice"))
SPEECH = os.path.join(HERE, *[".."] * 4, "shared", "data", "speech")
CORPORA = ["ravdess", "emodb", "nemo"]
CATEGORIES = ["neutral", "happiness", "sadness", "anger", "fear", "disgust", "surprise"]
FINE = ["neutral", "calm", "boredom", "happiness", "sadness", "anger", "fear", "disgust", "surprise"]
# Calm and boredom are low-arousal states that the seven categories have no place for: both count as neutral.
CATEGORY_OF_FINE = np.array([0, 0, 0, 1, 2, 3, 4, 5, 6])
# (valence, arousal) of each fine class when strongly acted: a proxy after Russell's circumplex (1980), not a rating of these
# clips. A RAVDESS clip acted with normal intensity lies at three quarters of the distance, clips of the other corpora at nine tenths.
CIRCUMPLEX = np.array([(0, 0), (.4, -.5), (-.4, -.6), (.8, .55), (-.7, -.45), (-.65, .75), (-.65, .6), (-.65, .3), (.2, .75)])
LAYERS, STATISTICS, WIDTH = 6, 3, 288
USED_LAYERS = [0, 1, 2, 3, 4, 5]
LAYER_FEATURES = 2 * WIDTH


class Clips:
    """Rows of the extracted variants: X [n, features], corpus, speaker, fine label, proxy of (valence, arousal)."""

    def __init__(self, variants):
        names = json.load(open(os.path.join(WORK, "names.json")))
        self.prosody_names = names["prosody"]
        columns = LAYERS * STATISTICS * WIDTH + len(self.prosody_names)
        features, rows = [], []
        for variant in variants:
            for notes_file in sorted(glob.glob(os.path.join(WORK, f"{variant}-*.jsonl"))):
                notes = [json.loads(line) for line in open(notes_file)]
                values = np.fromfile(notes_file.replace(".jsonl", ".f32"), np.float32)
                count = min(len(notes), len(values) // columns)
                features.append(embedding(values[: count * columns].reshape(count, columns)))
                rows += notes[:count]
        self.X = np.concatenate(features)
        self.id = np.array([r["id"] for r in rows])
        self.corpus = np.array([r["corpus"] for r in rows])
        self.speaker = np.array([r["speaker"] for r in rows])
        self.gender = genders(self.id)
        self.seconds = np.array([r["seconds"] for r in rows])
        self.fine = np.array([FINE.index(r["label"]) for r in rows])
        self.category = CATEGORY_OF_FINE[self.fine]
        strength = np.array([(1 if r["strong"] else .75) if r["corpus"] == "ravdess" else .9 for r in rows])
        self.proxy = CIRCUMPLEX[self.fine] * strength[:, None]

    def part(self, rows):
        """What training needs of these rows."""
        return {key: getattr(self, key)[rows] for key in ("fine", "corpus", "speaker", "proxy")}


def genders(ids):
    """f or m for each clip, from the corpora's label files."""
    found = {}
    for corpus in CORPORA:
        with open(os.path.join(SPEECH, corpus, "labels.csv"), newline="") as file:
            found |= {f"{corpus}/{row['path']}": row["gender"] for row in csv.DictReader(file)}
    return np.array([found[clip] for clip in ids])


def embedding(columns):
    """The layout of models/voice/embedding.ts: mean and deviation of each used layer in turn, then prosody."""
    layers = columns[:, : LAYERS * STATISTICS * WIDTH].reshape(len(columns), LAYERS, STATISTICS, WIDTH)
    return np.concatenate([layers[:, USED_LAYERS, :2].reshape(len(columns), -1), columns[:, LAYERS * STATISTICS * WIDTH :]], 1)


def folds(clips, count=5):
    """Speaker-disjoint folds, in the order of the speakers' names within each corpus; fold 4 holds RAVDESS actors 17 to 20."""
    fold = np.zeros(len(clips.id), int)
    for corpus in CORPORA:
        speakers = sorted(set(clips.speaker[clips.corpus == corpus]))
        for k, part in enumerate(np.array_split(speakers, count)):
            fold[np.isin(clips.speaker, part)] = k
    return fold
