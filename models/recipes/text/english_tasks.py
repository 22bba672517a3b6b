"""What the English model learns: its corpora and the losses of its heads."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from data import read_emobank, read_goemotions
from lessons import HARD, Lessons, beside_labels, binary, cross_entropy, gaussian, said, single, turns, where_known
from stock import Item
from talk import read_emory_dev, read_meld_talk, read_xdaily
from tweets import read_eleven, read_intensity, read_valence
from weibo import read_reviews

SHARES = {'goemotions': 0.42, 'emobank': 0.13, 'valence': 0.03, 'intensity': 0.11, 'eleven': 0.06, 'meld': 0.13, 'xdaily': 0.09, 'reviews': 0.03}
WIDTHS = {'fine': 28, 'category': 7, 'vad': 3, 'valence': 1, 'intensity': 4, 'eleven': 11, 'talk': 7, 'reviews': 2}
SMOOTHING, FREE = 0.05, 0.08


@dataclass
class English:
    lessons: Lessons
    dev: dict[str, object]
    #: Of EmoBank's ratings, and the share of each of the 28 labels.
    mean: np.ndarray
    scale: np.ndarray
    positive: np.ndarray

    def dev_items(self) -> dict[str, list[Item]]:
        talk = ('meld', 'emory', 'daily')
        return {name: said(part) if name in talk else single(part.texts) for name, part in self.dev.items()}


def read_english(text: Path) -> English:
    go, _ = read_goemotions(text / 'goemotions')
    bank, tweets = read_emobank(text / 'emobank'), text / 'semeval2018_task1'
    valence, intensity, eleven = read_valence(tweets), read_intensity(tweets), read_eleven(tweets)
    meld, daily = read_meld_talk(text / 'meld'), read_xdaily(text / 'dailydialog_xdaily', 'En')
    reviewed, rated = read_reviews(text / 'zh_en_dimabsa2026', 'eng')['train']
    lessons = Lessons(WIDTHS, SHARES)
    lessons.add('goemotions', single(go['train'].texts), fine=go['train'].fine, category=go['train'].category)
    lessons.add('emobank', single(bank['train'].texts), vad=bank['train'].vad)
    for name, part in (('valence', valence), ('intensity', intensity), ('eleven', eleven)):
        lessons.add(name, single(part['train'].texts), **{name: part['train'].values})
    for name, part in (('meld', meld), ('xdaily', daily)):
        lessons.add(name, said(part['train']), talk=turns(part['train']))
    lessons.add('reviews', single(reviewed), reviews=(rated - rated.mean(0)) / rated.std(0))
    dev = {'go': go['dev'], 'bank': bank['dev'], 'valence': valence['dev'], 'intensity': intensity['dev'], 'meld': meld['dev'],
           'emory': read_emory_dev(text / 'emorynlp'), 'daily': daily['dev'][::8]}
    ratings = bank['train'].vad
    return English(lessons, dev, ratings.mean(0), ratings.std(0), go['train'].fine.mean(0))


def lines() -> dict[str, torch.Tensor]:
    """From our dimensions in standard scores to the tweets' and the reviews' scales."""
    return {'valence': torch.tensor([0.5, 0.2]), 'reviews': torch.tensor([[0.0, 0.0], [0.7, 0.7]])}


class Losses:
    def __init__(self, english: English, device):
        on = lambda x: torch.tensor(np.asarray(x, dtype=np.float32), device=device)
        self.labels = {name: on(value) for name, value in english.lessons.labels.items()}
        self.mean, self.scale, positive = on(english.mean), on(english.scale), on(english.positive)
        self.rare = ((1 - positive) / positive) ** 0.25
        #: `many`: who learns; `soft`: what the teachers say to every row.
        self.many, self.soft = None, {}
        #: How much the teachers' opinion counts where a row has no labels for a head.
        self.free = dict.fromkeys(('fine', 'category', 'talk', 'vad', 'intensity'), FREE)

    def hear(self, ask: Callable[[Callable], torch.Tensor]) -> None:
        """`ask` as School.teach returns it."""
        self.soft = {
            'fine': ask(lambda said: torch.sigmoid(said['fine_logits'])),
            'category': ask(lambda said: torch.softmax(said['category_logits'], -1)),
            'talk': ask(lambda said: torch.softmax(said['talk_logits'], -1)),
            'vad': ask(lambda said: said['vad_mean']),
            'intensity': ask(lambda said: said['intensity']),
        }

    def from_labels(self, out: dict[str, torch.Tensor], at: torch.Tensor) -> torch.Tensor:
        """(members, rows)"""
        y = {name: value[at] for name, value in self.labels.items()}
        z, sd = (out['vad_mean'] - self.mean) / self.scale, out['vad_sd'] / self.scale
        valence, reviews = self.many.values['lines/valence'], self.many.values['lines/reviews']
        rated = ~torch.isnan(y['intensity'])
        each = {
            'fine': lambda t: binary(out['fine_logits'], t, self.rare),
            'category': lambda t: 0.5 * cross_entropy(out['category_logits'], t),
            'vad': lambda t: gaussian(z - (t - self.mean) / self.scale, sd),
            'valence': lambda t: 8 * (valence[:, :1] + valence[:, 1:] * z[..., 0] - t[..., 0]) ** 2 / 0.05,
            'intensity': lambda t: 4 * (((out['intensity'] - t) ** 2) * rated).sum(-1) / 0.04,
            'eleven': lambda t: 0.5 * binary(out['eleven_logits'], t),
            'talk': lambda t: 1.5 * cross_entropy(out['talk_logits'], (1 - SMOOTHING) * t + SMOOTHING / 7),
            'reviews': lambda t: 0.5 * ((reviews[:, :1] + reviews[:, 1:] * z[..., :2] - t) ** 2).sum(-1),
        }
        return sum(where_known(y[name], loss) for name, loss in each.items())

    def from_opinions(self, out: dict[str, torch.Tensor], at: torch.Tensor) -> torch.Tensor:
        """(members, rows): from labels and from what the teachers say."""
        heard = {name: value[at] for name, value in self.soft.items()}
        each = {
            'fine': binary(out['fine_logits'], heard['fine']),
            'category': 0.5 * cross_entropy(out['category_logits'], heard['category']),
            'talk': 1.5 * cross_entropy(out['talk_logits'], heard['talk']),
            'vad': 0.5 * (((out['vad_mean'] - heard['vad']) / self.scale) ** 2).sum(-1),
            'intensity': ((out['intensity'] - heard['intensity']) ** 2).sum(-1) / 0.04,
        }
        return HARD * self.from_labels(out, at) + sum(beside_labels(loss, self.labels[name][at], self.free[name]) for name, loss in each.items())
