"""The last lesson of the English students (again.py): GoEmotions above all, whose rare labels their teachers had hardly learned.

    python models/recipes/text/english_again.py --text <unpacked text.tar.xz> --shipped <models/weights/text-emotion of 3.2.1> --labels <the same of 3.0> --students <out of english_school.py> --out g

What 3.0 says of the corpora is learned beside their labels. Forty minutes on one core, and half an hour before them for what 3.0 says (opinions.npz; a second call
goes on from it). Writes <out>/students.pt, the same after every KEEP steps, and a log. What ships are the weights after 1,000 steps (<out>/1000): the training was ended there.
"""

from pathlib import Path

import numpy as np
import torch

from again import arguments, between, learn_again, some_of
from data import read_goemotions
from encoder import EnglishNet
from english_figures import figures
from english_grams import KIND
from english_otherwise import WithSentences
from english_school import EXTRA, SENTENCES, WRITTEN
from english_tasks import lines, read_english
from many import Many
from otherwise import written
from otherwise_english import english as from_templates
from shipped import ReadBack, opinions, runs_say
from stock import Stock
from taught import add_sentences, begun

MOST = {'goemotions': 22_000, 'emobank': 5000, 'valence': 1200, 'intensity': 6000, 'eleven': 2500, 'meld': 7000, 'xdaily': 4000, 'reviews': 1000}
SHARES = {'goemotions': 0.5, 'emobank': 0.12, 'valence': 0.02, 'intensity': 0.09, 'eleven': 0.03, 'meld': 0.14, 'xdaily': 0.07, 'reviews': 0.03}
WAYS, LONGEST, SPOKEN, ALONE = 2, 64, 0.3, 0.25


def main() -> None:
    args = arguments(near=0.5, kept=0.7, sentences=0.16, steps=1400, rate=3e-5, seed=81)
    args.add_argument('--labels', type=Path, required=True, help='models/weights/text-emotion of 3.0')
    o = args.parse_args()
    device, rng, log = begun(o, 'again.log')

    english, labels = read_english(o.text), read_goemotions(o.text / 'goemotions')[1]
    english.lessons = some_of(english.lessons, MOST, SHARES, rng)
    made, hand = from_templates(SENTENCES), written('en')
    chance = add_sentences(english.lessons, made, hand, 'en', o, WRITTEN)
    state = between(ReadBack(o.shipped / 'model.onnx').weights(), torch.load(o.students / 'students.pt', map_location='cpu'), o.near)
    # Before anything that starts threads, which forked processes would wait for.
    items, tokenizer, heard = english.lessons.items, o.shipped / 'tokenizer.json', o.out / 'opinions.npz'
    shares, runs = runs_say(o.shipped / 'model.onnx', KIND, [text for text, _ in items], o.workers)
    if not heard.exists():
        np.savez(heard, **opinions(o.labels / 'model.onnx', tokenizer, KIND, items, o.workers))
    said = dict(np.load(heard))

    on = lambda x: torch.tensor(np.asarray(x, dtype=np.float32), device=device)
    losses = WithSentences(english, labels, made + hand, device)
    losses.runs = {head: (1 - shares[head], on(value)) for head, value in runs.items()}
    losses.soft = {
        'fine': torch.sigmoid(on(said['fine_logits'])), 'category': torch.softmax(on(said['category_logits']), -1), 'talk': torch.softmax(on(said['talk_logits']), -1),
        'vad': on(said['vad_mean']), 'intensity': on(said['intensity']),
    }
    net = EnglishNet(english.mean.tolist(), english.scale.tolist())
    net.encoder.shorten(len(state['encoder.positions.weight']))
    net.load_state_dict(state, strict=False)
    stock = Stock(str(tokenizer), items, WAYS, LONGEST, SPOKEN, ALONE, device, o.seed, o.workers)
    dev = {name: Stock(str(tokenizer), part, 1, 128, 0, 0, device, 0, 1) for name, part in english.dev_items().items()}
    learn_again(o, Many(net, 1, EXTRA, lines(), 0.0, True), losses, stock, dev, lambda said: figures(said, english.dev), chance, (o.rate, 4 * o.rate, 0.0), rng, log, 'students.pt')


if __name__ == '__main__':
    main()
