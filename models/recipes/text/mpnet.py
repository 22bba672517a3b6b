"""all-mpnet-base-v2 as an encoder like ours: a teacher that is too large to ship.

MPNet (Song et al. 2020) is BERT after its norms, with one table of biases by distance for all layers.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file

from encoder import Encoder, Shape, copy_into

MPNET, PIECES = Shape(layers=12, width=768, epsilon=1e-5, near=32), 30527
#: The place of the first token: those before it are the padding's.
FIRST_PLACE = 2


@torch.no_grad()
def load_mpnet(encoder: Encoder, file: Path) -> None:
    weights = load_file(str(file))
    encoder.words.weight.copy_(weights['embeddings.word_embeddings.weight'])
    encoder.positions.weight.copy_(weights['embeddings.position_embeddings.weight'][FIRST_PLACE:])
    encoder.near.weight.copy_(weights['encoder.relative_attention_bias.weight'])
    copy_into(encoder.norm, weights, 'embeddings.LayerNorm')
    for i, layer in enumerate(encoder.layers):
        at = f'encoder.layer.{i}'
        for part in ('weight', 'bias'):
            getattr(layer.qkv, part).copy_(torch.cat([weights[f'{at}.attention.attn.{name}.{part}'] for name in 'qkv']))
        copy_into(layer.attention_out, weights, f'{at}.attention.attn.o')
        copy_into(layer.attention_norm, weights, f'{at}.attention.LayerNorm')
        copy_into(layer.up, weights, f'{at}.intermediate.dense')
        copy_into(layer.down, weights, f'{at}.output.dense')
        copy_into(layer.out_norm, weights, f'{at}.output.LayerNorm')
