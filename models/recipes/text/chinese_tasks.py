"""What the Chinese model learns: its corpora and the losses of its heads. A label is a set of the classes that it may mean."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from data import match_key, read_emobank
from lessons import HARD, Lessons, beside_labels, binary, cross_entropy, gaussian, said, single, turns, where_known
from plain_chinese import read_plain
from stock import Item
from talk import read_cped, read_xdaily
from weibo import read_clue, read_microblogs, read_reviews, read_smp

SHARES = {'weibo': 0.58, 'clue': 0.06, 'smp': 0.05, 'xdaily': 0.12, 'cped': 0.08, 'reviews': 0.11}
WIDTHS = {'weibo': 8, 'talk': 7, 'reviews': 2, 'english': 35, 'vad': 3}
FREE = 0.1


@dataclass
class Chinese:
    lessons: Lessons
    dev: dict[str, object]
    #: Texts to guess hidden characters of; the first ones are the translations, in the order of `english`.
    plain: list[str]
    english: list[str]
    #: Of EmoBank's ratings.
    mean: np.ndarray
    scale: np.ndarray

    def dev_items(self) -> dict[str, list[Item]]:
        return {**{name: single(self.dev[name].texts) for name in ('clue', 'smp')}, 'reviews': single(self.dev['reviews'][0]), 'daily': said(self.dev['daily'])}

    def hear(self, opinions: Path) -> None:
        """What english_school.py's teachers say of the same talks in English."""
        heard, daily = np.load(opinions), self.lessons.of('xdaily')
        self.lessons.labels['english'][daily] = np.hstack([heard['fine'], heard['category']])
        self.lessons.labels['vad'][daily] = heard['vad']


def read_chinese(text: Path) -> Chinese:
    english_talk, chinese_talk = (read_xdaily(text / 'dailydialog_xdaily', language) for language in ('En', 'Zh'))
    clue, smp = read_clue(text / 'zh_clueemotion2020'), read_smp(text / 'zh_smp2020_ewect')
    held = {match_key(t) for d in (clue, smp) for p in ('dev', 'test') for t in d[p].texts}
    blogs, reviews = read_microblogs(text / 'zh_nlpcc_weibo_spianmo', held), read_reviews(text / 'zh_en_dimabsa2026')
    cped = read_cped(text / 'zh_cped_partial' / 'test_split.csv')
    lessons = Lessons(WIDTHS, SHARES)
    for name, part in (('weibo', blogs), ('clue', clue['train']), ('smp', smp['train'])):
        lessons.add(name, single(part.texts), weibo=part.allowed)
    lessons.add('xdaily', said(chinese_talk['train']), talk=turns(chinese_talk['train']))
    lessons.add('cped', said(cped['train']), talk=np.array([u.allowed for u in cped['train']]))
    lessons.add('reviews', single(reviews['train'][0]), reviews=reviews['train'][1])
    dev = {'clue': clue['dev'], 'smp': smp['dev'], 'reviews': reviews['dev'], 'daily': chinese_talk['dev'][::8]}
    others = [t for (t, _), translated in zip(lessons.items, lessons.of('xdaily')) if not translated]
    plain = [u.text for u in chinese_talk['train']] + others + [t for t in read_plain(text) if match_key(t) not in held]
    ratings = read_emobank(text / 'emobank')['train'].vad
    return Chinese(lessons, dev, plain, [u.text for u in english_talk['train']], ratings.mean(0), ratings.std(0))


def lines() -> dict[str, torch.Tensor]:
    """From our dimensions in standard scores to the reviews' scale, which is wider than the English ratings'."""
    return {'reviews': torch.tensor([[0.8, 0.8], [1.0, 1.0]])}


def set_loss(logits: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """-log of the probability of the set of classes that a label may mean."""
    return torch.logsumexp(logits, -1) - torch.logsumexp(logits.masked_fill(allowed == 0, -1e4), -1)


class Losses:
    def __init__(self, chinese: Chinese, device):
        on = lambda x: torch.tensor(np.asarray(x, dtype=np.float32), device=device)
        self.labels = {name: on(value) for name, value in chinese.lessons.labels.items()}
        #: `many`: who learns; `soft`: what the teachers say to every row.
        self.mean, self.scale, self.many, self.soft = on(chinese.mean), on(chinese.scale), None, {}

    def from_labels(self, out: dict[str, torch.Tensor], at: torch.Tensor) -> torch.Tensor:
        """(members, rows)"""
        y = {name: value[at] for name, value in self.labels.items()}
        fine, category = out['english_logits'].split([28, 7], -1)
        each = {
            'weibo': lambda t: set_loss(out['weibo_logits'], t),
            'talk': lambda t: set_loss(out['talk_logits'], t),
            'reviews': lambda t: self.reviews(out, t),
            'english': lambda t: 0.5 * binary(fine, t[..., :28]) + 0.5 * cross_entropy(category, t[..., 28:]),
            'vad': lambda t: 0.5 * (((out['vad_mean'] - t) / self.scale) ** 2).sum(-1),
        }
        return sum(where_known(y[name], loss) for name, loss in each.items())

    def reviews(self, out, rated: torch.Tensor) -> torch.Tensor:
        """Valence and arousal on the reviews' scale."""
        line = self.many.values['lines/reviews']
        z = ((out['vad_mean'] - self.mean) / self.scale)[..., :2]
        error = (line[:, :1] + line[:, 1:] * z - rated / 0.2) / line[:, 1:].detach()
        return 0.5 * gaussian(error, (out['vad_sd'] / self.scale)[..., :2])

    def from_opinions(self, out: dict[str, torch.Tensor], at: torch.Tensor) -> torch.Tensor:
        """(members, rows): from labels and from what the teachers say."""
        heard = {name: value[at] for name, value in self.soft.items()}
        each = {
            'weibo': cross_entropy(out['weibo_logits'], heard['weibo']),
            'talk': cross_entropy(out['talk_logits'], heard['talk']),
            'reviews': 0.5 * (((out['vad_mean'] - heard['vad']) / self.scale) ** 2)[..., :2].sum(-1),
        }
        return HARD * self.from_labels(out, at) + sum(beside_labels(loss, self.labels[name][at], FREE) for name, loss in each.items())
