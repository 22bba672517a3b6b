"""Turns english.py's checkpoint and english_grams.py's layer into models/weights/text-emotion and its golden fixture; or puts
english_again.py's weights into the graph that they made.

    python models/recipes/text/export_english.py --text <unpacked text.tar.xz> --base <all-MiniLM-L6-v2> --trained <out of both>
    python models/recipes/text/export_english.py --text <unpacked text.tar.xz> --shipped <version 3.0> --students <out of english_again.py>

Compares float, int8 and, the first time, a layer less (variants.json).
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from tokenizers import Tokenizer

from calibrate import fit_temperature, sd_factor
from data import CATEGORIES, DIMENSIONS, normalise, read_emobank, read_goemotions
from emoji import EMOJI_WORDS
from encoder import EnglishNet
from english_figures import r
from english_grams import FINE, KIND
from fixture import ENGLISH, fixture
from grams import Grams, grams, padded
from graph import REPOSITORY, Graph, distribution, export_int8, write_training
from lessons import single
from manifest import file_entry, write_manifest
from metrics import best_threshold, macro_f1, sigmoid, weighted_f1
from shipped import ReadBack
from talk import read_meld_talk
from tokens import CONTEXT_TOKENS, MAX_TOKENS, Rows
from tweets import RATED, read_intensity, read_valence
from variants import compare, shorter, stored, write_variants

VERSION = '3.3.0'


HEADS = ['fine_logits', 'category_logits', 'talk_logits', 'vad_mean', 'intensity']


class Shipped(torch.nn.Module):
    """The encoder's answers and the word runs', mixed; each head has a share of its own, and no table in the file if that is 0."""

    halved = 'runs.'

    def __init__(self, net: EnglishNet, runs: Grams):
        super().__init__()
        self.net, self.runs = net, runs
        self.shares = dict.fromkeys(HEADS, 0.0)

    def opinions(self, grams: torch.Tensor) -> dict[str, torch.Tensor]:
        said = dict(zip(HEADS, self.runs(grams)))
        return {**said, 'intensity': said['intensity'].clamp(0, 1)}

    def forward(self, ids, mask, target, grams):
        out, said = self.net(ids, mask, target), self.opinions(grams)
        return {**out, **{name: (1 - self.shares[name]) * out[name] + self.shares[name] * said[name] for name in HEADS if self.shares[name]}}


def choose_shares(model: Shipped, graph: Graph, parts) -> dict[str, float]:
    """The shares of 0, .1 … .6 that are best on the dev parts, each head's by its own measure."""
    opinions = lambda texts: {k: v.detach().numpy() for k, v in model.opinions(padded([grams(normalise(t), KIND) for t in texts])).items()}
    texts = {name: [u.text for u in part] if name == 'meld' else part.texts for name, part in parts.items()}
    read = {name: graph([(u.text, u.context) for u in part] if name == 'meld' else single(part.texts)) for name, part in parts.items()}
    said = {name: opinions(texts[name]) for name in parts}
    one_label = parts['go'].category.max(1) == 1
    turns = np.array([u.category for u in parts['meld']])
    measures = {
        'fine_logits': ('go', lambda x: best_threshold(parts['go'].fine, sigmoid(x))[1]),
        'category_logits': ('go', lambda x: (x.argmax(1) == parts['go'].category.argmax(1))[one_label].mean()),
        'talk_logits': ('meld', lambda x: weighted_f1(turns, x.argmax(1))),
        'vad_mean': ('bank', lambda x: sum(r(x[:, d], parts['bank'].vad[:, d]) for d in range(3))),
        'intensity': ('intensity', lambda x: intensity_r(x, parts['intensity'].values)),
    }
    chosen = {}
    for head, (name, measure) in measures.items():
        grid = np.round(np.arange(0, 0.61, 0.1), 1)
        scores = [measure((1 - s) * read[name][head] + s * said[name][head]) for s in grid]
        chosen[head] = float(grid[int(np.argmax(scores))])
        print(json.dumps({'head': head, 'share of word runs': chosen[head], 'dev, by share': [round(float(x), 4) for x in scores]}))
    return chosen


def intensity_r(said: np.ndarray, rated: np.ndarray) -> float:
    return float(np.mean([r(said[k, c], rated[k, c]) for c in range(rated.shape[1]) for k in [~np.isnan(rated[:, c])]]))


def figures(graph: Graph, parts, threshold: float) -> dict[str, float]:
    """On the dev parts, for the comparison of float and int8."""
    go, bank = graph(single(parts['go'].texts)), graph(single(parts['bank'].texts))
    talk = graph([(u.text, u.context) for u in parts['meld']])
    strength = graph(single(parts['intensity'].texts))['intensity']
    found = {
        'macro_f1_28': macro_f1(parts['go'].fine, (sigmoid(go['fine_logits']) >= threshold).astype(np.float32)),
        'weighted_f1_meld': weighted_f1(np.array([u.category for u in parts['meld']]), talk['talk_logits'].argmax(1)),
        'r_tweet_valence': r(graph(single(parts['valence'].texts))['vad_mean'][:, 0], parts['valence'].values[:, 0]),
        'r_intensity': intensity_r(strength, parts['intensity'].values),
        **{f'r_{name}': r(bank['vad_mean'][:, d], parts['bank'].vad[:, d]) for d, name in enumerate(DIMENSIONS)},
    }
    return {k: round(v, 4) for k, v in found.items()}


@dataclass
class Corpora:
    """The parts that are chosen and calibrated on, and what the training parts say of rates."""

    dev: dict[str, object]
    labels: list[str]
    train: dict[str, object]


def read_corpora(text: Path) -> Corpora:
    tweets = text / 'semeval2018_task1'
    (go, labels), bank, meld, intensity = read_goemotions(text / 'goemotions'), read_emobank(text / 'emobank'), read_meld_talk(text / 'meld'), read_intensity(tweets)
    dev = {'go': go['dev'], 'bank': bank['dev'], 'meld': meld['dev'], 'valence': read_valence(tweets)['dev'], 'intensity': intensity['dev']}
    return Corpora(dev, labels, {'go': go['train'], 'bank': bank['train'], 'meld': meld['train'], 'intensity': intensity['train']})


def built(o, corpora: Corpora, rows: Rows) -> tuple[Shipped, Path]:
    """english.py's checkpoint and english_grams.py's layer as one graph, the float file beside it."""
    rated = corpora.train['bank'].vad
    net = EnglishNet(rated.mean(0).tolist(), rated.std(0).tolist())
    # The words are the base's: they didn't learn.
    net.encoder.load_minilm(o.base / 'model.safetensors')
    net.load_state_dict(torch.load(o.trained / 'english.pt', map_location='cpu'), strict=False)
    net.vad.sd_factor.fill_(1)
    net.encoder.shorten(MAX_TOKENS)
    runs = Grams([FINE + 14, 3 + len(RATED)])
    runs.load_state_dict(torch.load(o.trained / 'grams.pt'))
    model = Shipped(net, runs.apart([[FINE, 7, 7], [3, len(RATED)]])).eval()
    float_file, int8_file = o.work / 'english.onnx', o.out / 'model.onnx'
    export_int8(model, EnglishNet.OUTPUTS, float_file, int8_file)
    model.shares = choose_shares(model, Graph(int8_file, rows, KIND), corpora.dev)
    export_int8(model, EnglishNet.OUTPUTS, float_file, int8_file)
    return model, float_file


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--base', type=Path, help='all-MiniLM-L6-v2')
    args.add_argument('--trained', type=Path, help='out of english.py and english_grams.py')
    args.add_argument('--shipped', type=Path, help='instead of these two: models/weights/text-emotion of version 3.0')
    args.add_argument('--students', type=Path, help='with it: out of english_again.py')
    args.add_argument('--work', type=Path, default=REPOSITORY / 'models/recipes/.work/text')
    args.add_argument('--out', type=Path, default=REPOSITORY / 'models/weights/text-emotion')
    args.add_argument('--fixture', type=Path, default=REPOSITORY / 'tests/models/fixtures/text-emotion.json')
    o = args.parse_args()
    torch.set_num_threads(1)
    for folder in (o.work, o.out, o.fixture.parent):
        folder.mkdir(parents=True, exist_ok=True)
    corpora, int8_file = read_corpora(o.text), o.out / 'model.onnx'
    dev, train = corpora.dev, corpora.train
    tokenizer = Tokenizer.from_file(str((o.base or o.shipped) / 'tokenizer.json'))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(o.out / 'tokenizer.json'), pretty=False)
    rows = Rows(tokenizer)
    if o.students:
        graph, float_file = ReadBack(o.shipped / 'model.onnx'), o.work / 'english.onnx'
        students = {**torch.load(o.students / 'students.pt', map_location='cpu'), 'vad.sd_factor': torch.ones(3)}
        onnx.save(graph.with_weights(students), str(int8_file))
        onnx.save(graph.in_float(students), str(float_file))
    else:
        model, float_file = built(o, corpora, rows)
    first = Graph(int8_file, rows, KIND)(single(dev['bank'].texts))
    factor = torch.tensor(sd_factor(first['vad_mean'], first['vad_sd'], dev['bank'].vad))
    onnx.save(ReadBack(int8_file).with_weights({'vad.sd_factor': factor}), str(int8_file))

    graph = Graph(int8_file, rows, KIND)
    read = graph(single(dev['go'].texts))
    threshold, _ = best_threshold(dev['go'].fine, sigmoid(read['fine_logits']))
    said = graph([(u.text, u.context) for u in dev['meld'] if u.context])
    turns = np.eye(7)[[u.category for u in dev['meld'] if u.context]]
    temperature = {
        'alone': fit_temperature(read['category_logits'], dev['go'].category),
        'talk': fit_temperature(said['talk_logits'], turns),
    }
    rated, intensities = train['bank'].vad, train['intensity'].values
    manifest = {
        'id': 'text-emotion',
        'version': VERSION,
        'task': 'text-emotion',
        'title': 'Emotion in English text',
        'source': {'kind': 'shipped'},
        'files': [file_entry('model', int8_file), file_entry('tokenizer', o.out / 'tokenizer.json')],
        'licence': 'Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-4.0 AND GPL-3.0-only AND CC-BY-NC-SA-4.0',
        'nonCommercial': True,
        'notice': 'Fine-tuned from all-MiniLM-L6-v2 (Apache-2.0) on GoEmotions (Google Research, CC BY 4.0), EmoBank (JULIE Lab, CC BY-SA 4.0), '
        'MELD (declare-lab, GPL-3), XDailyDialog (CC BY-NC-SA 4.0), SemEval-2018 task 1 (Mohammad et al.), DimABSA 2026 (research use), sentences written for it, and what teachers made from all-mpnet-base-v2 (Apache-2.0) say of these. Not for commercial use.',
        'languages': ['en'],
        'card': 'models/cards/text-emotion.md',
        'labels': corpora.labels,
        'settings': {
            'inputs': {'ids': 'ids', 'mask': 'mask', 'target': 'target', 'grams': 'grams'},
            'outputs': {'fine': 'fine_logits', 'categories': 'category_logits', 'talk': 'talk_logits', 'vadMean': 'vad_mean', 'vadSd': 'vad_sd', 'intensity': 'intensity'},
            'fineKind': 'labels',
            'intensityOf': RATED,
            'maxTokens': MAX_TOKENS,
            'contextTokens': CONTEXT_TOKENS,
            'maxWindows': 32,
            'temperature': temperature,
            'fineThreshold': threshold,
            'emojiWords': EMOJI_WORDS,
            'baseRate': {
                'categories': distribution(train['go'].category.mean(0)),
                'talk': distribution(np.bincount([u.category for u in train['meld']], minlength=len(CATEGORIES))),
                'fine': [round(float(x), 5) for x in train['go'].fine.mean(0)],
                'dimensions': {
                    name: {'mean': round(float(rated[:, d].mean()), 4), 'sd': round(float(rated[:, d].std()), 4)}
                    for d, name in enumerate(DIMENSIONS)
                },
                'intensity': [round(float(x), 4) for x in np.nanmean(intensities, 0)],
            },
        },
    }
    write_manifest(o.out, manifest)
    learned = ['goemotions', 'emobank', 'semeval2018', 'semeval2018-valence', 'meld', 'xdaily-en', 'dimabsa-en']
    write_training(o.out, manifest['files'][0], {
        **{corpus: {'trained': ['train'], 'tuned': ['dev']} for corpus in learned},
        **{corpus: {'trained': [], 'tuned': ['dev']} for corpus in ('otherwise-en', 'irony-en')},
        'emorynlp': {'trained': [], 'tuned': [], 'note': "looked at while training; its scenes are from MELD's series"},
    })
    o.fixture.write_text(json.dumps(fixture(graph, rows, ENGLISH), ensure_ascii=False) + '\n')
    print(json.dumps({'temperature': temperature, 'threshold': threshold, 'sd_factor': factor.tolist()}))
    files = stored(float_file, int8_file)
    if not o.students:
        files |= shorter(model, EnglishNet.OUTPUTS, float_file)
    found = compare(files, lambda file: Graph(file, rows, KIND), lambda g: figures(g, dev, threshold), dev['go'].texts)
    write_variants(o.out, manifest['files'][0], 'the dev parts', found)


if __name__ == '__main__':
    main()
