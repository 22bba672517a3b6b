"""Chinese texts of one person: microblogs with eight labels, SMP2020's six, and ratings of valence and arousal.

A row's label is a set of the eight classes: SMP knows no "like" (it counts as happy) and no disgust (it counts as angry).
CLUE's valid part and SMP's usual eval part are the only labelled parts of their kind here. A quarter of each, by a hash,
is our dev part, a tenth our own test part, and the rest is learned from.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import match_key, normalise

WEIBO = ['none', 'happiness', 'like', 'sadness', 'anger', 'fear', 'disgust', 'surprise']
SMP = {'happy': ['happiness', 'like'], 'angry': ['anger', 'disgust'], 'sad': ['sadness'], 'fear': ['fear'], 'surprise': ['surprise'], 'neutral': ['none']}
DEV_SHARE, TEST_SHARE = 0.25, 0.1


@dataclass
class Labelled:
    texts: list[str]
    allowed: np.ndarray  # (rows, 8), 1 for every class that the label may mean


def part_of(row_id: str) -> str:
    place = int.from_bytes(hashlib.sha256(f'attune-zh-1:{row_id}'.encode()).digest()[:4], 'big') / 2**32
    return 'dev' if place < DEV_SHARE else 'test' if place < DEV_SHARE + TEST_SHARE else 'train'


def sets(labels: list[list[str]]) -> np.ndarray:
    allowed = np.zeros((len(labels), len(WEIBO)), dtype=np.float32)
    for row, names in enumerate(labels):
        allowed[row, [WEIBO.index(n) for n in names]] = 1
    return allowed


def read_clue(folder: Path) -> dict[str, Labelled]:
    rows = [json.loads(line) for line in (folder / 'valid.txt').read_text(encoding='utf-8').splitlines()]
    return parts([(f"clue-{r['id']}", r['content'], [r['label']]) for r in rows])


def read_smp(folder: Path) -> dict[str, Labelled]:
    rows = json.loads((folder / 'raw' / 'usual_eval_labeled.txt').read_text(encoding='utf-8'))
    return parts([(f"smp-{r['id']}", r['content'], SMP[r['label']]) for r in rows])


def parts(rows: list[tuple[str, str, list[str]]]) -> dict[str, Labelled]:
    found = {}
    for part in ('train', 'dev', 'test'):
        mine = [r for r in rows if part_of(r[0]) == part]
        found[part] = Labelled([normalise(t) for _, t, _ in mine], sets([names for _, _, names in mine]))
    return found


def read_microblogs(folder: Path, held: set[str]) -> Labelled:
    """The eight-label file and NLPCC2013, without texts of `held` (match keys of dev and test rows) and without copies."""
    rows = []
    for line in (folder / 'lstm_sentiment_classification_8_total.txt').read_text(encoding='utf-8').splitlines():
        label, _, text = line.partition(':')
        if label in WEIBO:
            rows.append((text, label))
    for line in (folder / 'Nlpcc2013Train.tsv').read_text(encoding='utf-8').splitlines()[1:]:
        label, _, text = re.sub('\t', ',', line, count=1).partition(',')
        if label in WEIBO:
            rows.append((text, label))
    seen, kept = set(held), []
    for text, label in rows:
        key = match_key(text)
        if key and key not in seen:
            seen.add(key)
            kept.append((normalise(text), [label]))
    return Labelled([t for t, _ in kept], sets([names for _, names in kept]))


def read_reviews(folder: Path, language: str = 'zho') -> dict[str, tuple[list[str], np.ndarray]]:
    """DimABSA's sentences (`language` zho or eng) with valence and arousal in [-1, 1], averaged over a sentence's aspects. The dev files carry
    no gold for every domain, so a tenth of train (by a hash) is dev and a tenth our own test part."""
    found: dict[str, tuple[list[str], list[np.ndarray]]] = {p: ([], []) for p in ('train', 'dev', 'test')}
    for file in sorted(folder.glob(f'track_*/subtask_1/{language}/*_train_*.jsonl')):
        for line in file.read_text(encoding='utf-8').splitlines():
            row = json.loads(line)
            pairs = [a['VA'].split('#') for a in row.get('Quadruplet') or row.get('Aspect_VA') or []]
            values = [[(float(x) - 5) / 4 for x in p] for p in pairs if len(p) == 2 and all(float(x) > 0 for x in p)]
            if values:
                texts, rated = found[{'dev': 'dev', 'test': 'test'}.get(tenth(row['ID']), 'train')]
                texts.append(normalise(row['Text']))
                rated.append(np.mean(values, 0))
    return {p: (texts, np.array(rated, dtype=np.float32)) for p, (texts, rated) in found.items()}


def tenth(row_id: str) -> str:
    place = int.from_bytes(hashlib.sha256(f'attune-zh-1:{row_id}'.encode()).digest()[:4], 'big') / 2**32
    return 'dev' if place < 0.1 else 'test' if place < 0.2 else 'train'
