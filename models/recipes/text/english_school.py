"""The English encoder that ships: large teachers of all its tasks, then students that start from version 3.0's encoder.

    python models/recipes/text/english_school.py --text <unpacked text.tar.xz> --base <all-mpnet-base-v2> --shipped <models/weights/text-emotion of 3.0> --out e

Teachers and students learn the corpora, and sentences that name an emotion without expressing it (otherwise.py). 3.0's layer on word runs stays as
it is: the students learn around it. Made for minutes of a large GPU (`--seconds 270 545`, which ended after the steps that are the default). Writes <out>/students.pt, opinions.npz (what
the teachers say of the talks that chinese.py reads in Chinese) and english.log.
"""

import json
from pathlib import Path

import numpy as np
import torch

from clock import Clock
from data import read_goemotions
from encoder import EnglishNet
from english_figures import figures
from english_grams import KIND
from english_otherwise import WithSentences
from english_tasks import lines, read_english
from many import Many
from mpnet import MPNET, PIECES, load_mpnet
from otherwise import written
from otherwise_english import english as from_templates
from school import School
from shipped import ReadBack, runs_say
from stock import Stock
from taught import add_sentences, arguments, begun
from tokens import MAX_TOKENS

EXTRA = {'eleven': 11}
SENTENCES = 6000
#: How much of the sentences are those that were written one by one.
WRITTEN = 0.7
WAYS, LONGEST, SPOKEN, ALONE = (2, 4), 96, 0.35, 0.25
#: Of the teachers and of the students.
RATES, DROPOUT = ((4e-5, 4e-4), (6e-5, 3e-4)), (0.1, 0.05)


def main() -> None:
    args = arguments(teachers=3, students=6, steps=[3393, 4655], seed=91)
    args.add_argument('--base', type=Path, required=True, help='all-mpnet-base-v2: model.safetensors and tokenizer.json')
    args.add_argument('--shipped', type=Path, required=True)
    o = args.parse_args()
    whole, (device, rng, log) = Clock(1, 1e9), begun(o, 'english.log')

    english, labels = read_english(o.text), read_goemotions(o.text / 'goemotions')[1]
    dev_items, made, hand = english.dev_items(), from_templates(SENTENCES), written('en')
    chance = add_sentences(english.lessons, made, hand, 'en', o, WRITTEN)
    shipped = o.shipped / 'model.onnx'
    # Before anything that starts threads, which forked processes would wait for.
    shares, runs = runs_say(shipped, KIND, [text for text, _ in english.lessons.items], o.workers)
    losses = WithSentences(english, labels, made + hand, device)

    def school(part: int, tokenizer: Path, start) -> School:
        rows = Stock(str(tokenizer), english.lessons.items, WAYS[part], LONGEST, SPOKEN, ALONE, device, o.seed, o.workers)
        dev = {name: Stock(str(tokenizer), items, 1, MAX_TOKENS, 0, 0, device, 0, 1) for name, items in dev_items.items()}
        print(json.dumps({'rows': rows.count, 'tokens': len(rows.flat), 'seconds': round(whole.elapsed)}), file=log)
        make = lambda net, members: Many(net, members, EXTRA, lines(), DROPOUT[part], True).to(device)
        return School(start, make, losses, rows, dev, lambda said: figures(said, english.dev), chance, o.rows[part], (*RATES[part], 0.0), rng, log)

    def mpnet() -> EnglishNet:
        net = EnglishNet(english.mean.tolist(), english.scale.tolist(), PIECES, MPNET)
        load_mpnet(net.encoder, o.base / 'model.safetensors')
        return net

    heard = school(0, o.base / 'tokenizer.json', mpnet).teach(o.teachers, Clock(o.steps[0], o.seconds[0] - whole.elapsed), left_out=1)
    losses.hear(heard)
    del heard
    talk, part = english.lessons.of('xdaily'), o.out / 'opinions.part.npz'
    np.savez(part, **{name: value.cpu().numpy()[talk].astype(np.float16) for name, value in losses.soft.items()})
    part.rename(o.out / 'opinions.npz')

    losses.runs = {head: (1 - shares[head], torch.from_numpy(value).to(device)) for head, value in runs.items()}

    def from_shipped() -> EnglishNet:
        weights = ReadBack(shipped).weights()
        net = EnglishNet(english.mean.tolist(), english.scale.tolist())
        net.encoder.shorten(len(weights['encoder.positions.weight']))
        net.load_state_dict(weights, strict=False)
        return net

    net = school(1, o.shipped / 'tokenizer.json', from_shipped).learn(o.students, Clock(o.steps[1], o.seconds[1] - whole.elapsed))
    torch.save({name: value.half() for name, value in net.state_dict().items() if name != 'encoder.words.weight'}, o.out / 'students.pt')


if __name__ == '__main__':
    main()
