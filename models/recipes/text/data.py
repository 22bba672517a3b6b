"""Reading, splitting and disturbing the text corpora; here GoEmotions and EmoBank, others in the files beside.

Splits. The corpora's own `dev` parts are used for tuning (checkpoint, temperature, threshold). Our own test part is
carved out of `train` by a hash of the row's id, so it stays the same whatever else changes; rows of `train` whose text
also stands in dev or in our test part are dropped from training.
"""

import csv
import hashlib
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from emoji import emoji_to_words

CATEGORIES = ['neutral', 'happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise']
DIMENSIONS = ['valence', 'arousal', 'dominance']
# GoEmotions' published Ekman grouping calls the second group "joy"; Attune calls it "happiness".
EKMAN_TO_CATEGORY = {'joy': 'happiness'}
TEST_SHARE = 0.05

FIRST_NAMES = (
    'james mary john linda robert sarah michael emma david anna daniel laura tom maria peter kate '
    'ben julia sam lucy alex nina chris helen max olivia jack sophie paul amy'
).split()
RELIGIONS = 'christian muslim jewish hindu buddhist catholic'.split()


@dataclass
class GoEmotions:
    texts: list[str]
    fine: np.ndarray  # (rows, 28) 0 or 1
    category: np.ndarray  # (rows, 7), each row sums to 1


@dataclass
class EmoBank:
    texts: list[str]
    vad: np.ndarray  # (rows, 3) in [-1, 1]


ENTITIES = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'"}


def normalise(text: str) -> str:
    """Exactly as models/text/normalise.ts: straight quotes, no HTML entities, emoji as words, addresses and names of
    accounts by a word for them, runs of white space one space."""
    text = re.sub('[\u2018\u2019\u02bc\u2032]', "'", text)
    text = re.sub('[\u201c\u201d]', '"', text)
    text = re.sub('&(?:amp|lt|gt|quot|#39);', lambda m: ENTITIES[m.group(0)], text)
    text = text.replace('\\n', ' ')
    text = re.sub(r'https?://[^\s\u4e00-\u9fff]+', ' link ', text)
    text = re.sub(r'@[A-Za-z0-9_]+', '@user', text)
    return re.sub(r'\s+', ' ', emoji_to_words(text)).strip()


def match_key(text: str) -> str:
    """Letters and digits only: two rows with the same key count as the same text."""
    return re.sub(r'[\W_]+', '', text.lower())


def in_test_part(row_id: str) -> bool:
    digest = hashlib.sha256(f'attune-test-1:{row_id}'.encode()).digest()
    return int.from_bytes(digest[:4], 'big') / 2**32 < TEST_SHARE


def like_a_recogniser(text: str, rng: random.Random) -> str:
    """What a speech recogniser would have written: no case, punctuation, emoji or placeholders.

    The vocabulary is uncased, so lower-casing alone would change nothing; punctuation is what a recogniser lacks.
    """
    text = re.sub(r'\[NAME\]', lambda _: rng.choice(FIRST_NAMES), text)
    text = re.sub(r'\[RELIGION\]', lambda _: rng.choice(RELIGIONS), text)
    spoken = re.sub(r"[^\w\s']|_", ' ', text.lower())
    spoken = re.sub(r'\s+', ' ', spoken).strip()
    return spoken or text


def read_goemotions(folder: Path) -> tuple[dict[str, GoEmotions], list[str]]:
    labels = (folder / 'labels.txt').read_text().split()
    groups = json.loads((folder / 'ekman_mapping.json').read_text())
    to_category = np.zeros((len(labels), len(CATEGORIES)), dtype=np.float32)
    to_category[labels.index('neutral'), 0] = 1
    for group, members in groups.items():
        for member in members:
            to_category[labels.index(member), CATEGORIES.index(EKMAN_TO_CATEGORY.get(group, group))] = 1

    def rows(name: str) -> list[tuple[str, list[int], str]]:
        found = []
        for line in (folder / f'{name}.tsv').read_text(encoding='utf-8').splitlines():
            text, ids, row_id = line.split('\t')
            found.append((normalise(text), [int(i) for i in ids.split(',')], row_id))
        return found

    def pack(chosen: list[tuple[str, list[int], str]]) -> GoEmotions:
        fine = np.zeros((len(chosen), len(labels)), dtype=np.float32)
        for row, (_, ids, _) in enumerate(chosen):
            fine[row, ids] = 1
        # Two labels of one group count twice: the group has more of the row's votes.
        category = fine @ to_category
        return GoEmotions([r[0] for r in chosen], fine, category / category.sum(1, keepdims=True))

    train, dev = rows('train'), rows('dev')
    test = [r for r in train if in_test_part(r[2])]
    held = {match_key(r[0]) for r in dev} | {match_key(r[0]) for r in test}
    train = [r for r in train if not in_test_part(r[2]) and match_key(r[0]) not in held]
    return {'train': pack(train), 'dev': pack(dev), 'test': pack(test)}, labels


def read_emobank(folder: Path) -> dict[str, EmoBank]:
    with open(folder / 'emobank.csv', newline='', encoding='utf-8') as file:
        rows = [r for r in csv.DictReader(file) if r['text'].strip()]

    def pack(chosen: list[dict[str, str]]) -> EmoBank:
        ratings = np.array([[float(r[d]) for d in 'VAD'] for r in chosen], dtype=np.float32)
        return EmoBank([normalise(r['text']) for r in chosen], (ratings - 3) / 2)

    dev = [r for r in rows if r['split'] == 'dev']
    test = [r for r in rows if r['split'] == 'train' and in_test_part(r['id'])]
    held = {match_key(r['text']) for r in dev} | {match_key(r['text']) for r in test}
    train = [
        r
        for r in rows
        if r['split'] == 'train' and not in_test_part(r['id']) and match_key(r['text']) not in held
    ]
    return {'train': pack(train), 'dev': pack(dev), 'test': pack(test)}


def with_typos(text: str, share: float, rng: random.Random) -> str:
    """A share of the letters left out, doubled or swapped with the next, as fast typing does."""
    letters = list(text)
    for i in range(len(letters) - 1):
        if letters[i].isalpha() and rng.random() < share:
            kind = rng.randrange(3)
            if kind == 0:
                letters[i] = ''
            elif kind == 1:
                letters[i] *= 2
            else:
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return ''.join(letters)
