"""A larger teacher for the English model: all-mpnet-base-v2, its upper layers taught all English tasks at once, and what it then says.

    python models/recipes/text/english_teacher.py --text <unpacked text.tar.xz> --base <all-mpnet-base-v2> --out t

Apache-2.0; nothing of its weights ships. Two and a half hours on two processor cores. Writes <out>/teacher.pt (every KEEP steps, too), teacher_int8.onnx,
opinions.npz (`at`: the rows of english_tasks.read_english; its answers to them) and a log; a call that finds teacher.pt only asks it.
"""

import json
from pathlib import Path

import numpy as np
import torch

from clock import Clock
from english_figures import figures
from english_tasks import Losses, lines, read_english
from graph import export_int8
from mpnet import Asked, MpnetTeacher
from shipped import opinions
from stock import Draw, Stock
from taught import arguments, begun
from teaching import train

#: Of this corpus only so many rows are read; of the others all.
SOME = {'xdaily': 6000, 'reviews': 3000}
SHARES = {'goemotions': 0.5, 'emobank': 0.13, 'valence': 0.02, 'intensity': 0.09, 'eleven': 0.03, 'meld': 0.15, 'xdaily': 0.05, 'reviews': 0.03}
LONGEST, KEEP = 72, 300


def main() -> None:
    args = arguments(steps=2400, rate=6e-5, seed=91)
    args.add_argument('--base', type=Path, required=True, help='all-mpnet-base-v2: model.safetensors and tokenizer.json')
    args.add_argument('--learning', type=int, default=6, help='upper layers that learn')
    o = args.parse_args()
    device, (rng, log) = torch.device('cpu'), begun(o, 'teacher.log')

    english = read_english(o.text)
    of = {corpus: np.flatnonzero(english.lessons.of(corpus)) for corpus in SHARES}
    # In the order of `some`.
    at = np.concatenate([np.sort(rng.choice(rows, min(SOME.get(corpus, len(rows)), len(rows)), replace=False)) for corpus, rows in of.items()])
    english.lessons = lessons = english.lessons.some(at, SHARES)
    many = MpnetTeacher(o.base / 'model.safetensors', o.learning, torch.tensor(english.mean, dtype=torch.float32), torch.tensor(english.scale, dtype=torch.float32), lines())
    tokenizer = str(o.base / 'tokenizer.json')
    checkpoint = o.out / 'teacher.pt'

    def kept() -> None:
        torch.save({name: value.detach().half() for name, value in many.values.items()}, checkpoint)

    if checkpoint.exists():
        with torch.no_grad():
            for name, value in torch.load(checkpoint).items():
                many.values[name].copy_(value)
    else:
        stock = Stock(tokenizer, lessons.items, 1, LONGEST, 0, 0, device, o.seed, o.workers)
        print(json.dumps({'rows': stock.count, 'tokens': int(stock.length.sum())}), file=log)
        losses = Losses(english, device)
        losses.many = many
        train(many, stock, Draw(stock, lessons.chance, 1, o.rows, rng), losses.from_labels, Clock(o.steps, 1e9), (o.rate, 10 * o.rate, 0.0), log, None, (KEEP, kept))
        kept()
    file = o.out / 'teacher_int8.onnx'
    export_int8(Asked(many.eval()), Asked.OUTPUTS, o.out / 'teacher.onnx', file)
    dev = {name: opinions(file, Path(tokenizer), None, items, o.workers) for name, items in english.dev_items().items()}
    print(json.dumps({'dev': figures(dev, english.dev)}), file=log)
    said = opinions(file, Path(tokenizer), None, lessons.items, o.workers)
    np.savez(o.out / 'opinions.npz', at=at, **{name: value.astype(np.float16) for name, value in said.items()})


if __name__ == '__main__':
    main()
