"""Version 1.0's weights as a start: its int8 graph multiplied out (its checkpoint was not kept)."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

PARTS = ['qkv', 'attention_out', 'up', 'down']


def version_one(file: Path) -> dict[str, torch.Tensor]:
    """The state of an EnglishNet, without the heads that version 1.0 didn't have."""
    held = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(file)).graph.initializer}
    whole = {n[: -len('_int8')]: held[n].astype('float32') * held[f"{n[: -len('_int8')]}_scale"] for n in held if n.endswith('_int8')}
    # The matrix products stand in the order of the layers and of PARTS, transposed.
    products = [n for n in whole if n.startswith('val_')]
    state = {'encoder.words.weight': whole['words.weight']}
    for place, name in enumerate(products):
        state[f'encoder.layers.{place // 4}.{PARTS[place % 4]}.weight'] = whole[name].T
    for name, value in held.items():
        if name.startswith(('positions.', 'norm.', 'layers.')):
            state[f'encoder.{name}'] = value
        elif name.startswith(('fine.', 'category.')):
            state[name] = value
        elif name.startswith('vad.'):
            state[f"vad.net.{name.removeprefix('vad.')}"] = value
    state['vad.net.0.weight'] = whole['vad.0.weight']
    state['vad.rating_mean'], state['vad.rating_sd'] = held['rating_mean'], held['rating_sd']
    return {name: torch.tensor(value.copy()) for name, value in state.items() if not name.endswith(('_int8', '_scale'))}
