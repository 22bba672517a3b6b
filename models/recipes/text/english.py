"""The English model's encoder: teachers side by side, then students that learn from the labels and from the teachers' opinion.

    python models/recipes/text/english.py --text <unpacked text.tar.xz> --base <all-MiniLM-L6-v2> --out a

Everybody starts from all-MiniLM-L6-v2 and learns all English tasks at once (school.py says how). The shipped weights
took 9 minutes of an H100 that chinese.py and the face's training shared (`--seconds 190 525`, which ended after the steps that are
the default now). Writes <out>/english.pt, opinions.npz (for chinese.py) and english.log.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from clock import Clock
from encoder import EnglishNet
from english_figures import figures
from english_tasks import Losses, lines, read_english
from many import Many
from school import School
from stock import Stock

EXTRA = {'eleven': 11}
WAYS, LONGEST, SPOKEN, ALONE, DROPOUT = 6, 128, 0.35, 0.25, 0.1


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--base', type=Path, required=True, help='all-MiniLM-L6-v2: model.safetensors and tokenizer.json')
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--teachers', type=int, default=8)
    args.add_argument('--students', type=int, default=6)
    args.add_argument('--rows', type=int, default=64, help='rows of a batch, for each member')
    args.add_argument('--steps', type=int, nargs=2, default=[3428, 7941], help='of the teachers and of the students')
    args.add_argument('--seconds', type=float, nargs=2, default=[1e9, 1e9], help='since the beginning, when each must be done')
    args.add_argument('--rate', type=float, default=8e-5)
    args.add_argument('--workers', type=int, default=1)
    args.add_argument('--seed', type=int, default=31)
    o = args.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
    torch.manual_seed(o.seed)
    rng = np.random.default_rng(o.seed)
    log = open(o.out / 'english.log', 'a', buffering=1)
    whole = Clock(1, 1e9)
    print(json.dumps({k: str(v) for k, v in vars(o).items()}), file=log)

    english = read_english(o.text)
    tokenizer = str(o.base / 'tokenizer.json')
    stock = Stock(tokenizer, english.lessons.items, WAYS, LONGEST, SPOKEN, ALONE, device, o.seed, o.workers)
    dev = {name: Stock(tokenizer, items, 1, LONGEST, 0, 0, device, 0, 1) for name, items in english.dev_items().items()}
    print(json.dumps({'rows': len(english.lessons.items), 'tokens': len(stock.flat), 'seconds': round(whole.elapsed)}), file=log)

    def start() -> EnglishNet:
        net = EnglishNet(english.mean.tolist(), english.scale.tolist())
        net.encoder.load_minilm(o.base / 'model.safetensors')
        return net

    losses = Losses(english, device)
    school = School(
        start, lambda net, members: Many(net, members, EXTRA, lines(), DROPOUT, True).to(device), losses, stock, dev,
        lambda said: figures(said, english.dev), english.lessons.chance, o.rows, (o.rate, 10 * o.rate, 0.0), rng, log,
    )
    heard = school.teach(o.teachers, Clock(o.steps[0], o.seconds[0] - whole.elapsed))
    losses.hear(heard)
    talk = english.lessons.of('xdaily')
    part = o.out / 'opinions.part.npz'
    np.savez(part, **{k: v.cpu().numpy()[talk] for k, v in losses.soft.items()})
    part.rename(o.out / 'opinions.npz')
    del heard
    net = school.learn(o.students, Clock(o.steps[1], o.seconds[1] - whole.elapsed))
    # The words are the base's own; half precision is finer than the int8 that ships.
    torch.save({name: value.half() for name, value in net.state_dict().items() if name != 'encoder.words.weight'}, o.out / 'english.pt')


if __name__ == '__main__':
    main()
