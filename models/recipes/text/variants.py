"""The same net stored in several ways, on the dev parts: variants.json beside the weights, which docs/models/SPEED.md shows."""

import copy
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import torch

from graph import Graph, export_int8
from integers import in_floats

TIMED = 200


def compare(files: dict[str, Path], read: Callable[[Path], Graph], measure: Callable[[Graph], dict[str, float]], texts: list[str]) -> list[dict[str, object]]:
    """`files` by how they are stored. Milliseconds are the median of one text of `texts` on one thread."""
    found = []
    for name, file in files.items():
        graph = read(file)
        found.append({'name': name, 'bytes': file.stat().st_size, 'milliseconds': milliseconds(graph, texts[:TIMED]), 'figures': measure(graph)})
        print(json.dumps(found[-1]))
    return found


def stored(float_file: Path, int8_file: Path) -> dict[str, Path]:
    """The three ways in which a net is kept; the one between multiplies its int8 weights out."""
    between = float_file.with_stem(f'{float_file.stem}_int8_weights')
    onnx.save(in_floats(onnx.load(str(int8_file))), str(between))
    return {'float32': float_file, 'int8 weights': between, 'int8 weights, integer products': int8_file}


def shorter(model: torch.nn.Module, outputs: list[str], float_file: Path) -> dict[str, Path]:
    """What ships without the encoder's last layer, as it stands: what cutting a layer would cost before any training. `model.net` has the encoder."""
    pruned, file = copy.deepcopy(model), float_file.with_stem(f'{float_file.stem}_pruned_int8')
    pruned.net.encoder.layers = pruned.net.encoder.layers[:-1]
    export_int8(pruned, outputs, float_file.with_stem(f'{float_file.stem}_pruned'), file)
    return {'the same, five of six layers': file}


def milliseconds(graph: Graph, texts: list[str]) -> float:
    times = []
    for text in texts:
        began = time.perf_counter()
        graph([(text, [])])
        times.append(1000 * (time.perf_counter() - began))
    return round(float(np.median(times)), 2)


def write_variants(folder: Path, weights: dict[str, object], part: str, variants: list[dict[str, object]]) -> None:
    """`weights` is the manifest's entry of the graph; `part`, what the figures were measured on."""
    value = {'weights': weights['sha256'], 'part': part, 'variants': variants}
    (folder / 'variants.json').write_text(json.dumps(value, indent=2) + '\n', encoding='utf-8')
