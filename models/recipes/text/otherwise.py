"""Sentences that name an emotion without expressing it: denied, over, wished for, supposed, missed, ironic; and their plain neighbours.

No corpus here has enough of them, and a small encoder reads "I'm not angry" as anger. Some are written one by one
(otherwise/*.jsonl), some made from templates and lists (otherwise_english.py, otherwise_chinese.py); what a reader would make of each
kind is set here. Behavioural tests of this kind: Ribeiro et al. 2020, "Beyond accuracy: CheckList".
"""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data import CATEGORIES

#: The share of what no kind names: nothing is certain.
REST = 0.06


@dataclass(frozen=True)
class Said:
    """What a reader would make of a sentence: shares of the categories and, where known, fine labels and valence in [-1, 1]."""

    text: str
    category: dict[str, float]
    #: None: what the model says of them so far.
    fine: dict[str, float] | None = None
    valence: float | None = None
    #: Feelings that are named but not there, or not to be heard: their intensity is low.
    absent: tuple[str, ...] = ()


def shares(said: dict[str, float]) -> np.ndarray:
    """(7,), with REST spread over all."""
    found = np.array([said.get(c, 0.0) for c in CATEGORIES])
    return ((1 - REST) * found / found.sum() + REST / len(CATEGORIES)).astype(np.float32)


NEGATIVE = ('sadness', 'anger', 'fear', 'disgust')


def denied(named: str) -> dict[str, float]:
    """A denied feeling leaves some doubt: people deny what they feel, too."""
    if named == 'happiness':
        return {'sadness': 0.45, 'anger': 0.22, 'neutral': 0.23, 'disgust': 0.05, 'happiness': 0.05}
    return {'neutral': 0.68, 'happiness': 0.14, named: 0.12}


def ended(named: str) -> dict[str, float]:
    return {'sadness': 0.72, 'neutral': 0.22, 'happiness': 0.06} if named == 'happiness' else {'happiness': 0.42, 'neutral': 0.44, named: 0.12}


def wished(named: str) -> dict[str, float]:
    """For a feeling that one hasn't; or that a bad one were gone, which is then there."""
    return {'sadness': 0.68, 'neutral': 0.2, 'happiness': 0.1} if named == 'happiness' else {named: 0.6, 'sadness': 0.24, 'neutral': 0.14}


def supposed(named: str) -> dict[str, float]:
    return {'neutral': 0.6, 'happiness': 0.34} if named == 'happiness' else {'neutral': 0.72, named: 0.14, 'happiness': 0.06, 'surprise': 0.04}


def doubled(named: str) -> dict[str, float]:
    return {'neutral': 0.36, 'sadness': 0.34, 'anger': 0.2, 'happiness': 0.06} if named == 'happiness' else {'neutral': 0.7, named: 0.14, 'happiness': 0.12}


MISSED = {'sadness': 0.8, 'neutral': 0.1, 'anger': 0.05}
IRONIC = {'anger': 0.6, 'sadness': 0.17, 'disgust': 0.06, 'neutral': 0.07, 'surprise': 0.04, 'happiness': 0.06}


def plain(named: str) -> dict[str, float]:
    return {named: 0.95, 'neutral': 0.03}


#: What a sentence's main category says of fine labels and valence, where nothing nearer is known.
FINE_OF_MAIN = {
    'neutral': {'neutral': 0.6}, 'happiness': {'joy': 0.4, 'approval': 0.3, 'relief': 0.15}, 'sadness': {'sadness': 0.5, 'disappointment': 0.35}, 'anger': {'annoyance': 0.5, 'disapproval': 0.3, 'anger': 0.25},
    'fear': {'fear': 0.5, 'nervousness': 0.4}, 'disgust': {'disgust': 0.7}, 'surprise': {'surprise': 0.7},
}
VALENCE_OF_MAIN = {'neutral': 0.0, 'happiness': 0.2, 'sadness': -0.25, 'anger': -0.22, 'fear': -0.22, 'disgust': -0.25}
#: Of what the main category leaves, this much is the others' that a reader would accept.
ACCEPTED = 0.8


def written(language: str) -> list[Said]:
    """The sentences that were written one by one."""
    lines = (Path(__file__).parent / 'otherwise' / f'{language}.jsonl').read_text(encoding='utf-8').splitlines()
    return [read_in(**json.loads(line)) for line in lines]


def read_in(kind: str, text: str, main: str, also: list[str], named: list[str], strength: float) -> Said:
    left, others = 1 - strength, also or ['neutral'] * (main != 'neutral') or CATEGORIES[1:]
    category = {main: strength, **{other: left * ACCEPTED / len(others) for other in others}}
    # Where the words mean what they say the model's own fine labels are nearer than a table by category.
    fine = {**FINE_OF_MAIN[main], **({'desire': 0.5} if kind == 'wished' else {})} if named else None
    return Said(text, category, fine, VALENCE_OF_MAIN.get(main) if named else None, tuple(named))


class Maker:
    """Fills templates: {a} is a word for a feeling, other slots come from `lists`."""

    def __init__(self, seed: int, lists: dict[str, list[str]]):
        self.rng, self.lists = random.Random(seed), lists

    def fill(self, template: str, **words: str) -> str:
        while '{' in template:
            slot = template[template.index('{') + 1 : template.index('}')]
            word = words[slot] if slot in words else self.rng.choice(self.lists[slot])
            template = template.replace('{' + slot + '}', word, 1)
        return template

#: What may be asked before such a sentence in a talk.
ASKED = {
    'en': ['How are you?', 'Are you angry with me?', 'What happened then?', 'And how did that feel?', 'You look upset.', 'Tell me more about that.', 'Is everything all right?', 'Did you see him again?',
           'What do you think?', 'So what did he say?', 'Are you happy?', 'Were you scared?', 'I see.', 'Okay.', 'Mm-hm.', 'Why?', 'Really?', 'We can stop here if you like.'],
    'zh': ['你还好吗？', '你生我的气了吗？', '然后呢？', '当时是什么感觉？', '你看起来不太高兴。', '多说一点。', '怎么了？', '你又见到他了？', '你怎么想？', '他怎么说的？', '你开心吗？', '你害怕吗？', '嗯。', '好的。',
           '为什么？', '真的吗？', '我们可以慢慢来。'],
}
SOME_CONTEXT = 0.4


def as_items(said: list[Said], language: str, seed: int) -> list[tuple[str, list[str]]]:
    """The texts, some of them after something that was said before."""
    rng = random.Random(seed)
    return [(s.text, rng.choices(ASKED[language], k=rng.choice([1, 1, 2])) if rng.random() < SOME_CONTEXT else []) for s in said]
