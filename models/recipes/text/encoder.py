"""The networks: an encoder of BERT's kind, mean pooling, and the heads."""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from distance import rows_by_distance

MINIMUM_SD = 0.02


@dataclass(frozen=True)
class Shape:
    """`near`: rows of the table of biases by distance (distance.py), where the encoder has one."""

    layers: int = 6
    width: int = 384
    heads: int = 12
    epsilon: float = 1e-12
    near: int = 0


#: The encoders that ship.
MINILM = Shape()


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float):
        super().__init__()
        self.heads, width = shape.heads, shape.width
        self.qkv = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.out_norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """x (batch, tokens, width); bias (batch, 1 or heads, 1 or tokens, tokens) is very negative on padding."""
        batch, tokens, width = x.shape
        qkv = self.qkv(x).view(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = qkv[0], qkv[1], qkv[2]
        scores = query @ key.transpose(-1, -2) / math.sqrt(width // self.heads) + bias
        mixed = self.dropout(F.softmax(scores, dim=-1)) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, tokens, width)
        x = self.attention_norm(x + self.dropout(self.attention_out(mixed)))
        return self.out_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """ids, mask, target (batch, tokens) -> (batch, width): the mean of the last layer's states over the target's tokens.

    `target` is 1 on the text that is read ([CLS] and its [SEP] included), 0 on what was said before, which follows it.
    """

    def __init__(self, vocabulary: int, shape: Shape = MINILM, dropout: float = 0.1):
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(vocabulary, shape.width)
        self.positions = nn.Embedding(512, shape.width)
        self.earlier = nn.Parameter(torch.zeros(shape.width))
        if shape.near:
            self.near = nn.Embedding(shape.near, shape.heads)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def load_minilm(self, file: Path) -> None:
        """Takes the pre-trained encoder; its first token type is folded into the positions, the second marks what was said before."""
        w = load_file(str(file))
        types = w['embeddings.token_type_embeddings.weight']
        with torch.no_grad():
            self.words.weight.copy_(w['embeddings.word_embeddings.weight'])
            self.positions.weight.copy_(w['embeddings.position_embeddings.weight'] + types[0])
            self.earlier.copy_(types[1] - types[0])
            copy_into(self.norm, w, 'embeddings.LayerNorm')
            for i, layer in enumerate(self.layers):
                at = f'encoder.layer.{i}'
                for part in ('weight', 'bias'):
                    three = [w[f'{at}.attention.self.{name}.{part}'] for name in ('query', 'key', 'value')]
                    getattr(layer.qkv, part).copy_(torch.cat(three))
                copy_into(layer.attention_out, w, f'{at}.attention.output.dense')
                copy_into(layer.attention_norm, w, f'{at}.attention.output.LayerNorm')
                copy_into(layer.up, w, f'{at}.intermediate.dense')
                copy_into(layer.down, w, f'{at}.output.dense')
                copy_into(layer.out_norm, w, f'{at}.output.LayerNorm')

    def shorten(self, tokens: int) -> None:
        """Keeps the places of the first `tokens` tokens: those that are never read take no room in the file."""
        self.positions = nn.Embedding.from_pretrained(self.positions.weight[:tokens].detach().clone())

    def states(self, ids: torch.Tensor, mask: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """The last layer's states, (batch, tokens, width)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        said_before = (mask - target).to(torch.float32)[:, :, None] * self.earlier
        x = self.dropout(self.norm(self.words(ids) + self.positions(places) + said_before))
        bias = ((1.0 - mask.to(torch.float32)) * -1e4)[:, None, None, :]
        if self.shape.near:
            bias = bias + self.near(rows_by_distance(places, self.shape.near)).permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        x = self.states(ids, mask, target)
        weights = target.to(torch.float32)[:, :, None]
        return (x.float() * weights).sum(1) / weights.sum(1).clamp(min=1.0)


class Dimensions(nn.Module):
    """Embedding -> mean and sd (batch, 3) of valence, arousal and dominance in [-1, 1]."""

    def __init__(self, width: int, mean: list[float], sd: list[float]):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Linear(128, 6))
        # The net predicts standard scores; these constants bring them back to [-1, 1].
        self.register_buffer('rating_mean', torch.tensor(mean))
        self.register_buffer('rating_sd', torch.tensor(sd))
        # Set by the export so that errors on the dev part are as wide as the predicted sds say.
        self.register_buffer('sd_factor', torch.ones(3))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mean, raw_sd = self.net(x).float().split(3, dim=-1)
        sd = self.sd_factor * (self.rating_sd * F.softplus(raw_sd) + MINIMUM_SD)
        return self.rating_mean + self.rating_sd * mean, sd


class EnglishNet(nn.Module):
    """The English model: 28 labels, 7 categories of a text alone and of a turn of talk, dimensions, intensity of four emotions."""

    OUTPUTS = ['fine_logits', 'category_logits', 'talk_logits', 'vad_mean', 'vad_sd', 'intensity', 'pooled']

    def __init__(self, vad_mean: list[float], vad_sd: list[float], vocabulary: int = 30522, shape: Shape = MINILM):
        super().__init__()
        self.encoder = Encoder(vocabulary, shape)
        self.dropout = nn.Dropout(0.1)
        self.fine = nn.Linear(shape.width, 28)
        self.category = nn.Linear(shape.width, 7)
        self.talk = nn.Linear(shape.width, 7)
        self.vad = Dimensions(shape.width, vad_mean, vad_sd)
        self.intensity = nn.Linear(shape.width, 4)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
        pooled = self.encoder(ids, mask, target)
        x = self.dropout(pooled)
        mean, sd = self.vad(x)
        return {
            'fine_logits': self.fine(x).float(),
            'category_logits': self.category(x).float(),
            'talk_logits': self.talk(x).float(),
            'vad_mean': mean,
            'vad_sd': sd,
            'intensity': torch.sigmoid(self.intensity(x).float()),
            'pooled': pooled,
        }


class ChineseNet(nn.Module):
    """The Chinese model: eight labels of microblogs, 7 categories of a turn of talk, dimensions; and, learned from the English
    model across translations, its 28 labels and 7 categories."""

    OUTPUTS = ['weibo_logits', 'talk_logits', 'vad_mean', 'vad_sd', 'pooled']

    def __init__(self, vocabulary: int, vad_mean: list[float], vad_sd: list[float], shape: Shape = MINILM):
        super().__init__()
        self.encoder = Encoder(vocabulary, shape)
        self.dropout = nn.Dropout(0.1)
        self.weibo = nn.Linear(shape.width, 8)
        self.talk = nn.Linear(shape.width, 7)
        self.vad = Dimensions(shape.width, vad_mean, vad_sd)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, target: torch.Tensor) -> dict[str, torch.Tensor]:
        pooled = self.encoder(ids, mask, target)
        x = self.dropout(pooled)
        mean, sd = self.vad(x)
        return {
            'weibo_logits': self.weibo(x).float(),
            'talk_logits': self.talk(x).float(),
            'vad_mean': mean,
            'vad_sd': sd,
            'pooled': pooled,
        }


def copy_into(module: nn.Module, weights: dict[str, torch.Tensor], name: str) -> None:
    module.weight.copy_(weights[f'{name}.weight'])
    module.bias.copy_(weights[f'{name}.bias'])
