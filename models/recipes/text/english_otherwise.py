"""The shipped English encoder taught emotions that are named and not expressed (otherwise.py), beside all that it knows.

    python models/recipes/text/english_otherwise.py --text <unpacked text.tar.xz> --shipped <models/weights/text-emotion of 3.0> --out c --steps 1500 --written 2092
    python models/recipes/text/english_otherwise.py --text … --shipped … --out d --start c/otherwise.pt --near 0.9 --sentences 0.2 --rate 2e-5 --steps 1000 --written 2092
    python models/recipes/text/english_otherwise.py --text … --shipped … --out e --start d/otherwise.pt --sentences 0.28 --rate 3e-5 --steps 1500

What the shipped model says of the old corpora is what the new one learns there, beside their labels; the layer on word runs stays as
it is and the encoder learns around it. The second call brings back some of what the first cost; the third hears irony, too
(the lines of otherwise/en.jsonl after 2,092). Half an hour, a quarter and twenty minutes on two processor cores. Writes <out>/otherwise.pt (every KEEP steps, too), opinions.npz and a log; copy opinions.npz to the next <out> to spare its making,
where --written is the same.
"""

from pathlib import Path

import numpy as np
import torch

from data import read_goemotions
from encoder import EnglishNet
from english_figures import figures
from english_grams import KIND
from english_tasks import Losses, lines, read_english
from clock import Clock
from lessons import binary, cross_entropy
from many import Many
from otherwise import shares, written
from otherwise_english import english as sentences
from shipped import ReadBack, opinions
from stock import Draw, Stock
from taught import add_sentences, arguments, begun, with_sentences
from teaching import measure, train
from tweets import RATED

#: Rows of each corpus that are read again, and how often a row of it is drawn among them.
AGAIN = {'goemotions': 22_000, 'emobank': 5000, 'valence': 1200, 'intensity': 6000, 'eleven': 2500, 'meld': 7000, 'xdaily': 4000, 'reviews': 1000}
SHARES = {'goemotions': 0.27, 'emobank': 0.07, 'valence': 0.01, 'intensity': 0.07, 'eleven': 0.02, 'meld': 0.09, 'xdaily': 0.05, 'reviews': 0.01}
#: How much of the sentences are those that were written one by one.
WRITTEN = 22 / 41
SENTENCES, WAYS, LONGEST, SPOKEN, ALONE = 6000, 3, 64, 0.35, 0.25
KEEP, LOW, UNSAID = 500, 0.2, 0.01


class Mixed(Losses):
    """Losses of the answers that ship, the encoder's and the runs' together; and of the sentences."""

    def __init__(self, english, device, said: dict[str, np.ndarray], shipped: ReadBack, lesson):
        super().__init__(english, device)
        on = lambda x: torch.tensor(np.asarray(x, dtype=np.float32), device=device)
        runs = shipped.of_runs([text for text, _ in english.lessons.items], KIND)
        self.runs = {head: (1 - share, on(runs[head])) for head, (_, share) in shipped.mixed.items()}
        self.soft = {
            'fine': torch.sigmoid(on(said['fine_logits'])), 'category': torch.softmax(on(said['category_logits']), -1), 'talk': torch.softmax(on(said['talk_logits']), -1),
            'vad': on(said['vad_mean']), 'intensity': on(said['intensity']),
        }
        self.lesson = {name: on(value) for name, value in lesson.items()}

    def from_opinions(self, out, at):
        out = {**out, **{head: own * out[head] + runs[at] for head, (own, runs) in self.runs.items()}}
        taught = {name: value[at] for name, value in self.lesson.items()}
        z = (out['vad_mean'][..., 0] - taught['valence']) / self.scale[0]
        told = torch.where(torch.isnan(taught['valence']), 0.0, z) ** 2
        low = torch.relu(out['intensity'] - LOW) ** 2 / 0.04
        own = (
            1.5 * cross_entropy(out['category_logits'], taught['category']) + 1.5 * cross_entropy(out['talk_logits'], taught['category'])
            + binary(out['fine_logits'], torch.where(torch.isnan(taught['fine']), self.soft['fine'][at], taught['fine'])) + 0.5 * torch.nan_to_num(told) + (low * taught['absent']).sum(-1)
        )
        return torch.where(taught['known'] > 0, own, super().from_opinions(out, at))


def lesson_of(said, labels: list[str], rows: int) -> dict[str, np.ndarray]:
    """The sentences' targets, after `rows` rows of corpora."""
    total = rows + len(said)
    found = {'known': np.arange(total) >= rows, 'category': np.zeros((total, 7)), 'fine': np.full((total, len(labels)), np.nan), 'valence': np.full(total, np.nan), 'absent': np.zeros((total, len(RATED)))}
    for at, one in enumerate(said, rows):
        found['category'][at] = shares(one.category)
        if one.fine is not None:
            found['fine'][at] = UNSAID
            for label, chance in one.fine.items():
                found['fine'][at, labels.index(label)] = chance
        if one.valence is not None:
            found['valence'][at] = one.valence
        found['absent'][at] = [name in one.absent for name in RATED]
    return found


def main() -> None:
    args = with_sentences(arguments(steps=1400, rate=4e-5, seed=81), 0.41)
    args.add_argument('--start', type=Path, help='an earlier otherwise.pt to go on from')
    args.add_argument('--near', type=float, default=1.0, help='how far from the shipped weights to it')
    args.add_argument('--written', type=int, help='how many of the sentences that were written one by one, from the first; all of them when absent')
    o = args.parse_args()
    device, (rng, log) = torch.device('cpu'), begun(o, 'otherwise.log')

    english, labels = read_english(o.text), read_goemotions(o.text / 'goemotions')[1]
    of = {corpus: np.flatnonzero(english.lessons.of(corpus)) for corpus in AGAIN}
    again = np.concatenate([rng.choice(of[corpus], min(count, len(of[corpus])), replace=False) for corpus, count in AGAIN.items()])
    english.lessons = lessons = english.lessons.some(again, SHARES)
    rows, made, hand = len(lessons.items), sentences(SENTENCES), written('en')[: o.written]
    chance, said = add_sentences(lessons, made, hand, 'en', o, WRITTEN), made + hand

    shipped, tokenizer, heard = ReadBack(o.shipped / 'model.onnx'), o.shipped / 'tokenizer.json', o.out / 'opinions.npz'
    if not heard.exists():
        np.savez(heard, **opinions(o.shipped / 'model.onnx', tokenizer, KIND, lessons.items, o.workers))
    net = EnglishNet(english.mean.tolist(), english.scale.tolist())
    before = shipped.weights()
    net.encoder.shorten(len(before['encoder.positions.weight']))
    net.load_state_dict(before, strict=False)
    if o.start:
        later = torch.load(o.start)
        net.load_state_dict({name: torch.lerp(before[name], value.float(), o.near) for name, value in later.items() if name in before}, strict=False)
    stock = Stock(str(tokenizer), lessons.items, WAYS, LONGEST, SPOKEN, ALONE, device, o.seed, o.workers)
    dev = {name: Stock(str(tokenizer), items, 1, 128, 0, 0, device, 0, 1) for name, items in english.dev_items().items()}
    losses = Mixed(english, device, dict(np.load(heard)), shipped, lesson_of(said, labels, rows))
    losses.many = many = Many(net, 1, {'eleven': 11}, lines(), 0.0, True)

    def kept() -> None:
        measure('so far, encoder alone', many, dev, lambda out: figures(out, english.dev), log)
        state = many.state_of(torch.ones(1))
        torch.save({name: value for name, value in state.items() if name != 'encoder.words.weight'}, o.out / 'otherwise.pt')

    draw = Draw(stock, chance, 1, o.rows, rng)
    train(many, stock, draw, losses.from_opinions, Clock(o.steps, 1e9), (o.rate, 4 * o.rate, 0.0), log, None, (KEEP, kept))
    kept()


if __name__ == '__main__':
    main()
