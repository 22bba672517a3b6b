"""The Chinese model's encoder: a start from translations and hidden characters, then teachers and students (school.py).

    python models/recipes/text/chinese.py --text <unpacked text.tar.xz> --base <all-MiniLM-L6-v2> --opinions <out of english.py>/opinions.npz --out b

The shipped weights took 9 minutes of a shared H100 (`--seconds 190 325 525`, which ended after the steps that are the default
now). Writes <out>/chinese.pt, tokenizer.json and chinese.log.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import vocabulary
from chinese_figures import figures
from chinese_start import begin
from chinese_tasks import Losses, lines, read_chinese
from clock import Clock
from encoder import ChineseNet, EnglishNet
from lessons import single
from many import Many
from school import School
from stock import Stock
from teaching import answers

EXTRA = {'english': 35}
WAYS, LONGEST, SPOKEN, ALONE, DROPOUT = 4, 96, 0.25, 0.25, 0.1


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--base', type=Path, required=True, help='all-MiniLM-L6-v2: model.safetensors and tokenizer.json')
    args.add_argument('--opinions', type=Path, required=True, help='of english.py; waited for where it is still running')
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--teachers', type=int, default=6)
    args.add_argument('--students', type=int, default=4)
    args.add_argument('--rows', type=int, default=64, help='rows of a batch, for each member')
    args.add_argument('--steps', type=int, nargs=3, default=[2750, 2101, 5557], help='of the start, of the teachers and of the students')
    args.add_argument('--seconds', type=float, nargs=3, default=[1e9, 1e9, 1e9], help='since the beginning, when each must be done')
    args.add_argument('--rate', type=float, default=1.2e-4)
    args.add_argument('--start-rate', type=float, default=4e-4)
    args.add_argument('--workers', type=int, default=1)
    args.add_argument('--seed', type=int, default=33)
    o = args.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
    torch.manual_seed(o.seed)
    rng = np.random.default_rng(o.seed)
    log = open(o.out / 'chinese.log', 'a', buffering=1)
    whole = Clock(1, 1e9)
    print(json.dumps({k: str(v) for k, v in vars(o).items()}), file=log)
    english_tokenizer, tokenizer = str(o.base / 'tokenizer.json'), str(o.out / 'tokenizer.json')
    stock = lambda items, ways, spoken: Stock(tokenizer, items, ways, LONGEST, spoken, ALONE, device, o.seed, o.workers)

    chinese = read_chinese(o.text)
    plain, english = chinese.plain, chinese.english
    origin = vocabulary.build(o.base / 'tokenizer.json', english, plain, o.out / 'tokenizer.json')
    teacher = EnglishNet([0.0] * 3, [1.0] * 3)
    teacher.encoder.load_minilm(o.base / 'model.safetensors')
    across = Stock(english_tokenizer, single(english), 1, LONGEST, 0, 0, device, 0, o.workers)
    vectors = answers(Many(teacher, 1, {}, {}, 0.0, True).to(device), across)['pooled'][0]
    ids = lambda file, texts: [e.ids for e in Tokenizer.from_file(file).encode_batch(texts, add_special_tokens=False)]
    words = teacher.encoder.words.weight.detach().numpy()
    table = vocabulary.word_vectors(origin, words, ids(tokenizer, plain[: len(english)]), ids(english_tokenizer, english))
    net = ChineseNet(len(origin), chinese.mean.tolist(), chinese.scale.tolist())
    layers = {k: v for k, v in teacher.state_dict().items() if k.startswith('encoder') and k != 'encoder.words.weight'}
    net.load_state_dict(layers, strict=False)
    net.encoder.words.weight.data.copy_(torch.tensor(table))
    print(json.dumps({'vocabulary': len(origin), 'plain': len(plain), 'pairs': len(english), 'seconds': round(whole.elapsed)}), file=log)

    start = Many(net, 1, {}, {}, DROPOUT, False).to(device)
    mask = origin.index(Tokenizer.from_file(english_tokenizer).token_to_id('[MASK]'))
    pairs, read = stock(single(plain[: len(english)]), 2, 0), stock(single(plain), 2, SPOKEN)
    begin(start, pairs, vectors, read, mask, len(origin), Clock(o.steps[0], o.seconds[0] - whole.elapsed), o.start_rate, rng, log)
    net.load_state_dict(start.state_of(torch.ones(1)), strict=False)
    del start, pairs, read, vectors
    rows = stock(chinese.lessons.items, WAYS, SPOKEN)
    dev = {name: Stock(tokenizer, items, 1, LONGEST, 0, 0, device, 0, 1) for name, items in chinese.dev_items().items()}
    while not o.opinions.exists():
        time.sleep(1)
    chinese.hear(o.opinions)

    losses = Losses(chinese, device)
    school = School(
        lambda: net, lambda net, members: Many(net, members, EXTRA, lines(), DROPOUT, False).to(device), losses, rows, dev,
        lambda said: figures(said, chinese.dev), chinese.lessons.chance, o.rows, (o.rate, 8 * o.rate, 3 * o.rate), rng, log,
    )
    heard = school.teach(o.teachers, Clock(o.steps[1], o.seconds[1] - whole.elapsed))
    losses.soft = {
        'weibo': heard(lambda said: torch.softmax(said['weibo_logits'], -1)),
        'talk': heard(lambda said: torch.softmax(said['talk_logits'], -1)),
        'vad': heard(lambda said: said['vad_mean']),
    }
    del heard
    school.learn(o.students, Clock(o.steps[2], o.seconds[2] - whole.elapsed))
    torch.save({name: value.half() for name, value in net.state_dict().items()}, o.out / 'chinese.pt')


if __name__ == '__main__':
    main()
