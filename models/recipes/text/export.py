"""Turns a checkpoint of train.py into what Attune ships, and measures exactly that.

    python models/recipes/text/export.py --shared ../shared/data --base <…>/model --checkpoint <out>/epoch-1.pt

Writes models/weights/text-emotion/{model.onnx, tokenizer.json, manifest.json} and tests/models/fixtures/text-emotion.json,
and prints the figures of the int8 graph (with --compare, of the float graph too) on dev and on our own test part.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from tokenizers import Tokenizer

from data import CATEGORIES, DIMENSIONS, normalise, read_emobank, read_goemotions, text_folder
from encoder import TextEmotionNet
from fixture import fixture
from metrics import best_threshold, calibration_error, concordance, macro_f1, sigmoid, softmax
from quantise import quantise

REPOSITORY = Path(__file__).resolve().parents[3]
MAX_TOKENS = 128
OUTPUTS = ['fine_logits', 'category_logits', 'vad_mean', 'vad_sd', 'pooled']
VERSION = '1.0.0'


class Graph:
    """An ONNX file as the app runs it: onnxruntime on the processor."""

    def __init__(self, file: Path, tokenizer: Tokenizer):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(str(file), options, providers=['CPUExecutionProvider'])
        self.tokenizer = tokenizer

    def __call__(self, texts: list[str]) -> dict[str, np.ndarray]:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: dict[str, np.ndarray] = {}
        for start in range(0, len(order), 32):
            rows = order[start : start + 32]
            encoded = self.tokenizer.encode_batch([normalise(texts[i]) for i in rows])
            feed = {
                'ids': np.array([e.ids for e in encoded], dtype=np.int32),
                'mask': np.array([e.attention_mask for e in encoded], dtype=np.int32),
            }
            for name, value in zip(OUTPUTS, self.session.run(OUTPUTS, feed)):
                found.setdefault(name, np.zeros((len(texts), value.shape[1]), dtype=np.float32))[rows] = value
        return found


def fit_temperature(logits: np.ndarray, share: np.ndarray) -> float:
    """The temperature with the least cross entropy against the votes."""
    grid = np.round(np.arange(0.5, 3.001, 0.01), 2)
    costs = [-(share * np.log(softmax(logits / t) + 1e-12)).sum(1).mean() for t in grid]
    return float(grid[int(np.argmin(costs))])


def figures(graph: Graph, go, bank, temperature: float, threshold: float) -> dict[str, float]:
    p = graph(go.texts)
    fine, share = sigmoid(p['fine_logits']), softmax(p['category_logits'] / temperature)
    chosen = (fine >= threshold).astype(np.float32)
    single = go.category.max(1) == 1
    truth, guess = go.category[single].argmax(1), share[single].argmax(1)
    one_hot = np.eye(len(CATEGORIES), dtype=np.float32)
    vad = graph(bank.texts)
    out = {
        'macro_f1_28': macro_f1(go.fine, chosen),
        'macro_f1_28_best_threshold': best_threshold(go.fine, fine)[1],
        'accuracy_7': float((truth == guess).mean()),
        'macro_f1_7': macro_f1(one_hot[truth], one_hot[guess]),
        'ece_7_15bins': calibration_error(truth == guess, share[single].max(1)),
    }
    for d, name in enumerate(DIMENSIONS):
        mean, sd, seen = vad['vad_mean'][:, d], vad['vad_sd'][:, d], bank.vad[:, d]
        out[f'r_{name}'] = float(np.corrcoef(mean, seen)[0, 1])
        out[f'ccc_{name}'] = concordance(mean, seen)
        out[f'within_one_sd_{name}'] = float((np.abs(mean - seen) <= sd).mean())
    return {k: round(v, 4) for k, v in out.items()}


def file_entry(role: str, file: Path) -> dict[str, object]:
    content = file.read_bytes()
    return {'role': role, 'path': file.name, 'bytes': len(content), 'sha256': hashlib.sha256(content).hexdigest()}


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--shared', type=Path, required=True)
    args.add_argument('--text', type=Path, help='text.tar.xz already unpacked')
    args.add_argument('--base', type=Path, required=True)
    args.add_argument('--checkpoint', type=Path, required=True)
    args.add_argument('--compare', action='store_true', help='also print the figures of the float graph')
    args.add_argument('--work', type=Path, default=REPOSITORY / 'models/recipes/.work/text')
    args.add_argument('--out', type=Path, default=REPOSITORY / 'models/weights/text-emotion')
    args.add_argument('--fixture', type=Path, default=REPOSITORY / 'tests/models/fixtures/text-emotion.json')
    o = args.parse_args()
    for folder in (o.work, o.out, o.fixture.parent):
        folder.mkdir(parents=True, exist_ok=True)

    folder = text_folder(o.shared, o.text)
    go, labels = read_goemotions(folder / 'goemotions')
    bank = read_emobank(folder / 'emobank')
    # The tokeniser is shipped without truncation and padding: the app cuts windows and pads batches itself.
    tokenizer = Tokenizer.from_file(str(o.base / 'tokenizer.json'))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(o.out / 'tokenizer.json'), pretty=False)
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()

    saved = torch.load(o.checkpoint, map_location='cpu')
    assert saved['labels'] == labels
    rated = bank['train'].vad
    model = TextEmotionNet(len(labels), len(CATEGORIES), rated.mean(0).tolist(), rated.std(0).tolist())
    model.load_state_dict(saved['state'])
    model.eval()

    float_file, int8_file = o.work / 'float.onnx', o.out / 'model.onnx'
    export(model, float_file)
    vad = Graph(float_file, tokenizer)(bank['dev'].texts)
    factor = np.sqrt((((vad['vad_mean'] - bank['dev'].vad) / vad['vad_sd']) ** 2).mean(0))
    model.sd_factor = torch.tensor(factor)
    export(model, float_file)
    onnx.save(quantise(onnx.load(str(float_file))), str(int8_file))

    graph = Graph(int8_file, tokenizer)
    dev = graph(go['dev'].texts)
    temperature = fit_temperature(dev['category_logits'], go['dev'].category)
    threshold, _ = best_threshold(go['dev'].fine, sigmoid(dev['fine_logits']))
    base = go['train'].category.mean(0)
    rounded = np.round(base, 5)
    rounded[0] = 1 - rounded[1:].sum()
    manifest = {
        'id': 'text-emotion',
        'version': VERSION,
        'task': 'text-emotion',
        'title': 'Emotion in English text',
        'source': {'kind': 'shipped'},
        'files': [file_entry('model', int8_file), file_entry('tokenizer', o.out / 'tokenizer.json')],
        'licence': 'Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-4.0',
        'nonCommercial': False,
        'notice': 'Fine-tuned from all-MiniLM-L6-v2 (Apache-2.0) on GoEmotions (Google Research, CC BY 4.0) and EmoBank (JULIE Lab, CC BY-SA 4.0).',
        'languages': ['en'],
        'card': 'models/cards/text-emotion.md',
        'labels': labels,
        'settings': {
            'inputs': {'ids': 'ids', 'mask': 'mask'},
            'outputs': {'fine': 'fine_logits', 'categories': 'category_logits', 'vadMean': 'vad_mean', 'vadSd': 'vad_sd'},
            'maxTokens': MAX_TOKENS,
            'maxWindows': 32,
            'temperature': temperature,
            'fineThreshold': threshold,
            'baseRate': {
                'categories': [round(float(x), 5) for x in rounded],
                'fine': [round(float(x), 5) for x in go['train'].fine.mean(0)],
                'dimensions': {
                    name: {'mean': round(float(rated[:, d].mean()), 4), 'sd': round(float(rated[:, d].std()), 4)}
                    for d, name in enumerate(DIMENSIONS)
                },
            },
        },
    }
    (o.out / 'manifest.json').write_text(json.dumps(manifest, indent=2) + '\n')
    o.fixture.write_text(json.dumps(fixture(graph, tokenizer, temperature), ensure_ascii=False) + '\n')
    print(json.dumps({'temperature': temperature, 'threshold': threshold, 'sd_factor': factor.round(3).tolist()}))
    for name, file in (('float', float_file), ('int8', int8_file)):
        if name == 'float' and not o.compare:
            continue
        for part in ('dev', 'test'):
            found = figures(Graph(file, tokenizer), go[part], bank[part], temperature, threshold)
            print(json.dumps({'graph': name, 'part': part, 'megabytes': round(file.stat().st_size / 1e6, 1), **found}))


def export(model: TextEmotionNet, file: Path) -> None:
    ids = torch.tensor([[101, 2023, 102, 0], [101, 2307, 999, 102]], dtype=torch.int32)
    mask = torch.tensor([[1, 1, 1, 0], [1, 1, 1, 1]], dtype=torch.int32)
    axes = {0: torch.export.Dim('rows'), 1: torch.export.Dim('tokens', max=512)}
    program = torch.onnx.export(
        model,
        (ids, mask),
        input_names=['ids', 'mask'],
        output_names=OUTPUTS,
        dynamic_shapes=(axes, axes),
        opset_version=18,
        dynamo=True,
        verbose=False,
    )
    program.save(str(file), external_data=False)


if __name__ == '__main__':
    main()
