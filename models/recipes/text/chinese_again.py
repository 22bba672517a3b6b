"""The last lesson of the Chinese students (again.py).

    python models/recipes/text/chinese_again.py --text <unpacked text.tar.xz> --shipped <models/weights/text-emotion-zh of 3.0.1> --students <out of chinese.py> --out h

Version 3.0.1 says what it says of the labelled corpora. Forty minutes on one core. Writes <out>/chinese.pt, its tokenizer and a log.
"""

import shutil

import numpy as np
import torch

from again import arguments, between, learn_again, some_of
from chinese import EXTRA, SENTENCES, WRITTEN
from chinese_figures import figures
from chinese_otherwise import WithSentences
from chinese_tasks import lines, read_chinese
from encoder import ChineseNet
from many import Many
from otherwise import written
from otherwise_chinese import chinese as from_templates
from shipped import ReadBack, opinions
from stock import Stock
from taught import add_sentences, begun
from tokens import MAX_TOKENS

MOST = {'weibo': 24_000, 'xdaily': 6000, 'cped': 6000}
SHARES = {'weibo': 0.58, 'clue': 0.1, 'smp': 0.06, 'xdaily': 0.1, 'cped': 0.07, 'reviews': 0.09}
WAYS, LONGEST, SPOKEN, ALONE = 2, 64, 0.25, 0.25


def main() -> None:
    o = arguments(near=0.4, kept=0.5, sentences=0.14, steps=1050, rate=4e-5, seed=63).parse_args()
    device, rng, log = begun(o, 'again.log')

    chinese = read_chinese(o.text)
    chinese.lessons = some_of(chinese.lessons, MOST, SHARES, rng)
    made, hand = from_templates(SENTENCES), written('zh')
    chance = add_sentences(chinese.lessons, made, hand, 'zh', o, WRITTEN)
    state = between(ReadBack(o.shipped / 'model.onnx').weights(), torch.load(o.students / 'chinese.pt', map_location='cpu'), o.near)
    items, tokenizer = chinese.lessons.items, o.shipped / 'tokenizer.json'
    said = opinions(o.shipped / 'model.onnx', tokenizer, None, items, o.workers)

    on = lambda x: torch.tensor(np.asarray(x, dtype=np.float32), device=device)
    losses = WithSentences(chinese, made + hand, device)
    losses.soft = {'weibo': torch.softmax(on(said['weibo_logits']), -1), 'talk': torch.softmax(on(said['talk_logits']), -1), 'vad': on(said['vad_mean'])}
    net = ChineseNet(len(state['encoder.words.weight']), chinese.mean.tolist(), chinese.scale.tolist())
    net.encoder.shorten(len(state['encoder.positions.weight']))
    net.load_state_dict(state)
    stock = Stock(str(tokenizer), items, WAYS, LONGEST, SPOKEN, ALONE, device, o.seed, o.workers)
    dev = {name: Stock(str(tokenizer), part, 1, MAX_TOKENS, 0, 0, device, 0, 1) for name, part in chinese.dev_items().items()}
    shutil.copy(tokenizer, o.out / 'tokenizer.json')
    learn_again(o, Many(net, 1, EXTRA, lines(), 0.0, False), losses, stock, dev, lambda said: figures(said, chinese.dev), chance, (o.rate, 4 * o.rate, o.rate), rng, log, 'chinese.pt')


if __name__ == '__main__':
    main()
