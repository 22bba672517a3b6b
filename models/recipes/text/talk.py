"""Talk: utterances with the ones before them. MELD and XDailyDialog are learned from; EmoryNLP only measures.

EmoryNLP's train part holds 54 episodes of MELD's test part, so nothing here may learn from it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import CATEGORIES, in_test_part, normalise

CONTEXT_UTTERANCES = 6
XDAILY = ['neutral', 'anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise']
MELD = {'joy': 'happiness'}
# Powerful and Peaceful have no counterpart; both are left out of the mapped figure.
EMORY = {'Neutral': 'neutral', 'Joyful': 'happiness', 'Sad': 'sadness', 'Mad': 'anger', 'Scared': 'fear'}


@dataclass
class Utterance:
    text: str
    context: list[str]  # oldest first
    category: int


def dialogue(rows: list[tuple[str, str | None]]) -> list[Utterance]:
    """(text, category or None where it has none here) of one dialogue, in order."""
    texts = [normalise(t) for t, _ in rows]
    return [
        Utterance(texts[i], texts[max(0, i - CONTEXT_UTTERANCES) : i], CATEGORIES.index(category))
        for i, (_, category) in enumerate(rows)
        if category is not None
    ]


def grouped(rows: list[dict[str, str]], key) -> list[list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def read_meld_talk(folder: Path) -> dict[str, list[Utterance]]:
    """MELD's dev part, and train without our own test part (whole dialogues, by a hash)."""
    # The file carries a few control characters where Windows-1252 had quotes and dashes.
    repair = str.maketrans({'\x91': "'", '\x92': "'", '\x93': '"', '\x94': '"', '\x85': '...', '\x97': ' - '})
    parts: dict[str, list[Utterance]] = {'train': [], 'dev': [], 'test': []}
    for name in ('train', 'dev'):
        with open(folder / f'{name}_sent_emo.csv', newline='', encoding='utf-8', errors='replace') as file:
            for rows in grouped(list(csv.DictReader(file)), lambda r: r['Dialogue_ID']):
                part = 'test' if name == 'train' and in_test_part(f"meld-{rows[0]['Dialogue_ID']}") else name
                parts[part] += dialogue([(r['Utterance'].translate(repair), MELD.get(r['Emotion'], r['Emotion'])) for r in rows])
    return parts


def read_emory_dev(folder: Path) -> list[Utterance]:
    with open(folder / 'emorynlp_dev_final.csv', newline='', encoding='utf-8', errors='replace') as file:
        rows = list(csv.DictReader(file))
    scenes = grouped(rows, lambda r: f"{r['Season']}-{r['Episode']}-{r['Scene_ID']}")
    return [u for scene in scenes for u in dialogue([(r['Utterance'], EMORY.get(r['Emotion'])) for r in scene])]


def read_xdaily(folder: Path, language: str) -> dict[str, list[Utterance]]:
    """`language` is 'En' or 'Zh'; both hold the same dialogues line for line, and the parts are the same in both."""
    parts: dict[str, list[Utterance]] = {'train': [], 'dev': [], 'test': []}
    texts = (folder / 'train' / f'dialogues_text_{language}.txt').read_text(encoding='utf-8').splitlines()
    emotions = (folder / 'train' / 'dialogues_emotion.txt').read_text().splitlines()
    for number, (line, labels) in enumerate(zip(texts, emotions)):
        part = 'test' if in_test_part(f'xdaily-{number}') else 'train'
        parts[part] += dialogue(xdaily_rows(line, labels))
    for line in (folder / f'{language.lower()}_dev_human.txt').read_text(encoding='utf-8').splitlines():
        text, _, _, labels = line.split('\t')
        parts['dev'] += dialogue(xdaily_rows(text, labels))
    return parts


def xdaily_rows(line: str, labels: str) -> list[tuple[str, str]]:
    said = [t.strip() for t in line.split('__eou__') if t.strip()]
    emotions = [XDAILY[int(k)] for k in labels.split()]
    return list(zip(said, emotions)) if len(said) == len(emotions) else []


# CPED's thirteen labels were given with picture and sound; each is a set of the seven categories that it may mean.
CPED = {
    'neutral': ['neutral'], 'happy': ['happiness'], 'grateful': ['happiness'], 'relaxed': ['neutral', 'happiness'],
    'positive-other': ['happiness', 'neutral', 'surprise'], 'anger': ['anger'], 'sadness': ['sadness'], 'depress': ['sadness'],
    'worried': ['fear'], 'fear': ['fear'], 'astonished': ['surprise'], 'disgust': ['disgust'],
    'negative-other': ['anger', 'sadness', 'fear', 'disgust'],
}


@dataclass
class LooselyLabelled:
    text: str
    context: list[str]
    allowed: np.ndarray  # (7,), 1 for every category that the label may mean


def read_cped(file: Path) -> dict[str, list[LooselyLabelled]]:
    """CPED's published test part (its train part is not at hand); our own test part is a share of its dialogues."""
    with open(file, newline='', encoding='utf-8-sig') as opened:
        rows = list(csv.DictReader(opened))
    parts: dict[str, list[LooselyLabelled]] = {'train': [], 'test': []}
    for said in grouped(rows, lambda r: r['Dialogue_ID']):
        part = 'test' if in_test_part(f"cped-{said[0]['Dialogue_ID']}") else 'train'
        texts = [normalise(r['Utterance']) for r in said]
        for i, row in enumerate(said):
            allowed = np.isin(CATEGORIES, CPED[row['Emotion']]).astype(np.float32)
            parts[part].append(LooselyLabelled(texts[i], texts[max(0, i - CONTEXT_UTTERANCES) : i], allowed))
    return parts
