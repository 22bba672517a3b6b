"""Layers of Moonshine tiny's encoder (Useful Sensors, MIT) as torch modules, with the weights of the packaged int8 graph multiplied out.

Jeffries et al. 2024, "Moonshine: speech recognition for live transcription and voice commands": pre-normalised, rotary positions.
"""
import math
import os

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from corpus import HERE, WIDTH

ENCODER = os.path.join(HERE, *[".."] * 3, "node_modules/@moonshine-ai/moonshine-js/dist/model/tiny/quantized/encoder_model.onnx")
HEADS, HEAD_WIDTH, ROTATED, BASE = 8, 36, 32, 10000
# The graph's names of a layer's products.
PARTS = {"q_proj": "query", "k_proj": "key", "v_proj": "value", "dense": "out", "fc1": "up", "fc2": "down"}
NORMS = {"input_layernorm": "norm", "post_attention_layernorm": "second_norm"}


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.norm, self.second_norm = (nn.LayerNorm(WIDTH, bias=False) for _ in range(2))
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH, bias=False) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, bias, turn):
        """x [n, frames, 288]; bias [n, 1, 1, frames] is 0 on frames and very negative on padding; turn: cosines and sines of rotary_tables."""
        n, frames, _ = x.shape
        y = self.norm(x)
        query, key, value = (part(y).view(n, frames, HEADS, HEAD_WIDTH).transpose(1, 2) for part in (self.query, self.key, self.value))
        scores = rotated(query, *turn) @ rotated(key, *turn).transpose(-1, -2) / math.sqrt(HEAD_WIDTH) + bias
        mixed = (F.softmax(scores, -1) @ value).transpose(1, 2).reshape(n, frames, WIDTH)
        x = x + self.dropout(self.out(mixed))
        return x + self.dropout(self.down(F.gelu(self.up(self.second_norm(x)))))


def rotated(x, cosines, sines):
    turning, still = x[..., :ROTATED], x[..., ROTATED:]
    quarter = torch.stack((-turning[..., 1::2], turning[..., 0::2]), -1).flatten(-2)
    return torch.cat((turning * cosines + quarter * sines, still), -1)


def rotary_tables(frames):
    """Cosines and sines [frames, 32]; neighbouring channels turn together."""
    rates = BASE ** (-torch.arange(0, ROTATED, 2, dtype=torch.float32) / ROTATED)
    angles = (torch.arange(frames, dtype=torch.float32)[:, None] * rates).repeat_interleave(2, -1)
    return angles.cos(), angles.sin()


def load_layers(numbers, dropout):
    """The encoder's layers of these numbers, from 0."""
    graph = onnx.load(ENCODER).graph
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}

    def product(name):
        stem = name.removesuffix("_quantized")
        return ((held[name].astype(np.float32) - np.float32(held[f"{stem}_zero_point"])) * held[f"{stem}_scale"]).T

    layers = nn.ModuleList()
    for number in numbers:
        at = f"/layers.{number}/"
        state = {f"{PARTS[node.name.split('/')[-2]]}.weight": product(node.input[1]) for node in graph.node
                 if node.op_type == "MatMulInteger" and node.name.startswith(at)}
        state |= {f"{ours}.weight": held[f"layers.{number}.{theirs}.weight"] for theirs, ours in NORMS.items()}
        state |= {f"{PARTS[name]}.bias": held[f"layers.{number}.mlp.{name}.bias"] for name in ("fc1", "fc2")}
        layer = Layer(dropout)
        layer.load_state_dict({key: torch.from_numpy(np.array(value, np.float32)) for key, value in state.items()})
        layers.append(layer)
    return layers
