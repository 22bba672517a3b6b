"""all-mpnet-base-v2 (12 layers, 768 wide) with the heads of EnglishNet: a teacher that is too large to ship.

The architecture is MPNet's (Song et al. 2020): BERT's layers after their norms, and one table of biases by how far apart two tokens are,
shared by all layers. The lower layers stay as they are, which spares their backward pass.
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from encoder import MINIMUM_SD, copy_into
from many import key

LAYERS, WIDTH, HEADS, BUCKETS, FURTHEST = 12, 768, 12, 32, 128
#: The place of the first token: those before it are the padding's.
FIRST_PLACE = 2
LINEAR_HEADS = {'fine': 28, 'category': 7, 'talk': 7, 'intensity': 4, 'eleven': 11}


class Layer(nn.Module):
    def __init__(self, weights: dict[str, torch.Tensor], at: str, dropout: float):
        super().__init__()
        self.qkv, self.mixed, self.up, self.down = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.mixed_norm, self.out_norm = (nn.LayerNorm(WIDTH, eps=1e-5) for _ in range(2))
        self.dropout = dropout
        with torch.no_grad():
            for part in ('weight', 'bias'):
                getattr(self.qkv, part).copy_(torch.cat([weights[f'{at}.attention.attn.{name}.{part}'] for name in 'qkv']))
            for module, name in ((self.mixed, 'attention.attn.o'), (self.mixed_norm, 'attention.LayerNorm'), (self.up, 'intermediate.dense'), (self.down, 'output.dense'), (self.out_norm, 'output.LayerNorm')):
                copy_into(module, weights, f'{at}.{name}')

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """x (rows, tokens, 768), bias (rows, heads, tokens, tokens)."""
        rows, tokens, _ = x.shape
        drop = lambda value: F.dropout(value, self.dropout, self.training)
        query, keys, value = self.qkv(x).view(rows, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(query, keys, value, attn_mask=bias, dropout_p=self.dropout if self.training else 0.0)
        x = self.mixed_norm(x + drop(self.mixed(mixed.transpose(1, 2).reshape(rows, tokens, WIDTH))))
        return self.out_norm(x + drop(self.down(F.gelu(self.up(x)))))


def bucket(place: torch.Tensor) -> torch.Tensor:
    """place (tokens,) -> (tokens, tokens) of the table's rows, by how far a key stands behind (the first half) or before a query: each distance has a row
    of its own while it is small, larger ones share one by their logarithm (T5, Raffel et al. 2020)."""
    behind = place[:, None] - place[None, :]
    half, own = BUCKETS // 2, BUCKETS // 4
    away = behind.abs()
    far = own + (torch.log(away.clamp(min=1) / own) / math.log(FURTHEST / own) * (half - own)).long().clamp(max=half - own - 1)
    return (behind < 0).long() * half + torch.where(away < own, away, far)


class MpnetTeacher(nn.Module):
    """Stands where Many stands in teaching.py, with one member."""

    members = 1

    def __init__(self, file: Path, learning: int, mean: torch.Tensor, sd: torch.Tensor, lines: dict[str, torch.Tensor], dropout: float = 0.1):
        """`learning`: how many of the upper layers learn."""
        super().__init__()
        weights = load_file(str(file))
        table = lambda name, source: self.register_buffer(name, weights[source], persistent=False)
        table('words', 'embeddings.word_embeddings.weight')
        table('places', 'embeddings.position_embeddings.weight')
        table('near', 'encoder.relative_attention_bias.weight')
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        with torch.no_grad():
            copy_into(self.norm, weights, 'embeddings.LayerNorm')
        made = [Layer(weights, f'encoder.layer.{i}', dropout if i >= LAYERS - learning else 0.0) for i in range(LAYERS)]
        self.lower, self.upper = nn.ModuleList(made[: LAYERS - learning]), nn.ModuleList(made[LAYERS - learning :])
        #: What was said before is told apart from the text where the learning layers begin.
        self.earlier = nn.Parameter(torch.zeros(WIDTH))
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, width) for name, width in LINEAR_HEADS.items()})
        self.vad = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, 6))
        self.dropout = dropout
        self.register_buffer('mean', mean)
        self.register_buffer('sd', sd)
        self.lines = nn.ParameterDict({name: nn.Parameter(value[None].clone()) for name, value in lines.items()})
        for part in (self.norm, self.lower):
            part.requires_grad_(False)

    @property
    def values(self) -> dict[str, nn.Parameter]:
        """What learns, under the names that teaching.py sorts by: the encoder's and the others."""
        upper = {f'encoder.{name}': value for name, value in [*self.upper.named_parameters(prefix='upper'), ('earlier', self.earlier)]}
        own = [*self.heads.named_parameters(prefix='heads'), *self.vad.named_parameters(prefix='vad'), *self.lines.named_parameters(prefix='lines')]
        return {key(name): value for name, value in [*upper.items(), *own]}

    def forward(self, ids: torch.Tensor, length: torch.Tensor, target: torch.Tensor, kind: torch.dtype) -> dict[str, torch.Tensor]:
        """As Many.forward, with (1, rows, …)."""
        place = torch.arange(ids.shape[-1])
        said = self.read(ids[0], place < length[0][:, None], place < target[0][:, None])
        return {name: value[None] for name, value in said.items()}

    def read(self, ids: torch.Tensor, there: torch.Tensor, own: torch.Tensor) -> dict[str, torch.Tensor]:
        """All (rows, tokens): which tokens there are, and which are the text's own."""
        place = torch.arange(ids.shape[1])
        bias = self.near[bucket(place)].permute(2, 0, 1)[None] + torch.where(there, 0.0, -1e4)[:, None, None, :]
        x = self.norm(F.embedding(ids, self.words) + self.places[place + FIRST_PLACE])
        for layer in self.lower:
            x = layer(x, bias)
        x = x + (there & ~own)[..., None] * self.earlier
        for layer in self.upper:
            x = layer(x, bias)
        pooled = (x * own[..., None]).sum(1) / own.sum(1, keepdim=True)
        x = F.dropout(pooled, self.dropout, self.training)
        out = {f'{name}_logits': head(x) for name, head in self.heads.items()}
        out['intensity'] = torch.sigmoid(out.pop('intensity_logits'))
        mean, raw = self.vad(x).split(3, -1)
        return {**out, 'vad_mean': self.mean + self.sd * mean, 'vad_sd': self.sd * F.softplus(raw) + MINIMUM_SD}


class Asked(nn.Module):
    """The teacher as graph.py exports a net: it answers faster in whole numbers."""

    OUTPUTS, halved = ['fine_logits', 'category_logits', 'talk_logits', 'intensity', 'vad_mean'], None

    def __init__(self, teacher: MpnetTeacher):
        super().__init__()
        self.teacher = teacher

    def forward(self, ids, mask, target):
        said = self.teacher.read(ids, mask > 0, target > 0)
        return {name: said[name] for name in self.OUTPUTS}
