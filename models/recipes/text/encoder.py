"""The network: MiniLM's encoder (BERT, 6 layers, 384 wide) with mean pooling and three heads."""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
MINIMUM_SD = 0.02


class Layer(nn.Module):
    def __init__(self, dropout: float):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.attention_out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.out_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """x (batch, tokens, 384); bias (batch, 1, 1, tokens) is 0 on tokens and very negative on padding."""
        batch, tokens, _ = x.shape
        qkv = self.qkv(x).view(batch, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = qkv[0], qkv[1], qkv[2]
        scores = query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias
        mixed = self.dropout(F.softmax(scores, dim=-1)) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, tokens, WIDTH)
        x = self.attention_norm(x + self.dropout(self.attention_out(mixed)))
        return self.out_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class TextEmotionNet(nn.Module):
    """ids, mask (batch, tokens) -> fine logits (batch, 28), category logits (batch, 7), VAD mean and sd (batch, 3)."""

    def __init__(self, fine_labels: int, categories: int, vad_mean: list[float], vad_sd: list[float], dropout: float = 0.1):
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.fine = nn.Linear(WIDTH, fine_labels)
        self.category = nn.Linear(WIDTH, categories)
        self.vad = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, 6))
        # The heads predict standard scores; these constants bring them back to [-1, 1].
        self.register_buffer('rating_mean', torch.tensor(vad_mean))
        self.register_buffer('rating_sd', torch.tensor(vad_sd))
        # Set by export.py so that errors on the dev part are as wide as the predicted sds say.
        self.register_buffer('sd_factor', torch.ones(3))

    def load_minilm(self, file: Path) -> None:
        """Takes the pre-trained encoder; the (constant) token-type embedding is folded into the positions."""
        w = load_file(str(file))
        with torch.no_grad():
            self.words.weight.copy_(w['embeddings.word_embeddings.weight'])
            self.positions.weight.copy_(
                w['embeddings.position_embeddings.weight'] + w['embeddings.token_type_embeddings.weight'][0]
            )
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

    def embed(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(batch, 384): the mean of the last layer's states over the tokens that are not padding."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(places)))
        real = mask.to(torch.float32)
        bias = ((1.0 - real) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        weights = real[:, :, None]
        return (x.float() * weights).sum(1) / weights.sum(1).clamp(min=1.0)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        embedding = self.embed(ids, mask)
        x = self.dropout(embedding)
        mean, raw_sd = self.vad(x).float().split(3, dim=-1)
        return {
            'fine_logits': self.fine(x).float(),
            'category_logits': self.category(x).float(),
            'vad_mean': self.rating_mean + self.rating_sd * mean,
            'vad_sd': self.sd_factor * (self.rating_sd * F.softplus(raw_sd) + MINIMUM_SD),
            'pooled': embedding,
        }


def copy_into(module: nn.Module, weights: dict[str, torch.Tensor], name: str) -> None:
    module.weight.copy_(weights[f'{name}.weight'])
    module.bias.copy_(weights[f'{name}.bias'])
