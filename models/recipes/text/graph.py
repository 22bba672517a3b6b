"""A model as the app runs it: export to ONNX, int8, and a runner over (text, context) rows."""

import inspect
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch

from data import normalise
from grams import grams, padded
from tokens import MAX_TOKENS

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.append(str(REPOSITORY / 'models/recipes'))
from integers import in_integers  # noqa: E402
from quantise import quantise  # noqa: E402
from traces import without_traces  # noqa: E402


class Graph:
    """An ONNX file on the processor, one thread."""

    def __init__(self, file: Path, rows, kind: str | None):
        """`kind` of the hashed runs (grams.py); None where it hears none."""
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = ort.InferenceSession(str(file), options, providers=['CPUExecutionProvider'])
        self.outputs = [o.name for o in self.session.get_outputs()]
        self.rows, self.kind = rows, kind

    def __call__(self, items: list[tuple[str, list[str]]]) -> dict[str, np.ndarray]:
        """All outputs in the order of the items (text, context oldest first), which are normalised here."""
        items = [(normalise(text), [normalise(c) for c in context]) for text, context in items]
        order = sorted(range(len(items)), key=lambda i: len(items[i][0]) + min(180, sum(map(len, items[i][1]))))
        found: dict[str, np.ndarray] = {}
        for start in range(0, len(order), 32):
            chosen = order[start : start + 32]
            ids, mask, target = self.rows.batch([items[i] for i in chosen])
            feed = {'ids': ids, 'mask': mask, 'target': target}
            if self.kind:
                feed['grams'] = padded([grams(items[i][0], self.kind) for i in chosen])
            feed = {name: value.numpy().astype(np.int32) for name, value in feed.items()}
            for name, value in zip(self.outputs, self.session.run(self.outputs, feed)):
                found.setdefault(name, np.zeros((len(items), value.shape[1]), dtype=np.float32))[chosen] = value
        return found


def export(model: torch.nn.Module, outputs: list[str], file: Path) -> None:
    """The graph's inputs are those of ids, mask, target and grams that `model.forward` names."""
    ids = torch.tensor([[2, 5, 3, 0, 0], [2, 5, 6, 3, 7]], dtype=torch.int32)
    mask = torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], dtype=torch.int32)
    target = torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 1, 0]], dtype=torch.int32)
    rows = torch.export.Dim('rows')
    axes = {0: rows, 1: torch.export.Dim('tokens', max=MAX_TOKENS)}
    runs = torch.tensor([[4, 9, -1], [1, 2, 3]], dtype=torch.int32)
    known = {'ids': (ids, axes), 'mask': (mask, axes), 'target': (target, axes), 'grams': (runs, {0: rows, 1: torch.export.Dim('runs', max=4096)})}
    names = list(inspect.signature(model.forward).parameters)
    inputs, shapes = zip(*(known[name] for name in names))
    program = torch.onnx.export(
        model.eval(), inputs, input_names=names, output_names=outputs, dynamic_shapes=shapes, opset_version=18, dynamo=True, verbose=False
    )
    program.save(str(file), external_data=False)


def export_int8(model: torch.nn.Module, outputs: list[str], float_file: Path, int8_file: Path) -> None:
    """`model.halved`: how the names of the tables begin that the file keeps in half bytes; None where there are none."""
    export(model, outputs, float_file)
    onnx.save(in_integers(without_traces(quantise(onnx.load(str(float_file)), halved=model.halved))), str(int8_file))


def distribution(shares: np.ndarray) -> list[float]:
    """Rounded, still summing to 1."""
    rounded = np.round(shares / shares.sum(), 5)
    rounded[0] = round(1 - rounded[1:].sum(), 5)
    return [round(float(x), 5) for x in rounded]


def write_training(folder: Path, weights: dict[str, object], sources: dict[str, dict[str, object]]) -> None:
    """What the weights saw, for `attune evaluate`: by corpus the parts that were trained on and those that a choice was made on."""
    (folder / 'training.json').write_text(json.dumps({'weights': weights['sha256'], 'sources': sources}, indent=2) + '\n', encoding='utf-8')
