"""Several networks of one make, side by side in one pass: on a GPU eight small encoders cost little more time than one.

The members have their own weights; a parameter is stored with the members first, linear layers as (members, in, out).
"""

import torch
import torch.nn.functional as F
from torch import nn

from distance import rows_by_distance
from encoder import MINIMUM_SD

# Each head's own names in EnglishNet and ChineseNet; `vad` is a net of its own.
PLAIN_HEADS = ('fine', 'category', 'talk', 'intensity', 'weibo')


def is_linear(name: str, value: torch.Tensor) -> bool:
    return value.ndim == 2 and name not in ('encoder.words.weight', 'encoder.positions.weight', 'encoder.near.weight')


class Many(nn.Module):
    """`template` is an EnglishNet or a ChineseNet: every member starts from its weights.

    `extra` names further linear heads that only training needs, with their widths, and `lines` the start of learned numbers that
    only losses use. `frozen_words`: one table of words for all members, which does not learn.
    """

    def __init__(self, template: nn.Module, members: int, extra: dict[str, int], lines: dict[str, torch.Tensor], dropout: float, frozen_words: bool):
        super().__init__()
        self.shape, state = template.encoder.shape, dict(template.state_dict())
        for name, width in extra.items():
            state[f'{name}.weight'], state[f'{name}.bias'] = torch.randn(width, self.shape.width) * 0.02, torch.zeros(width)
        self.members, self.chance, self.extra, self.frozen_words = members, dropout, extra, frozen_words
        self.plain = [name for name in (*PLAIN_HEADS, *extra) if f'{name}.weight' in state]
        self.values = nn.ParameterDict()
        for name, value in state.items():
            if name.startswith('vad.') and not name.startswith('vad.net'):
                self.register_buffer(name.replace('.', '_'), value.clone())
            elif name == 'encoder.words.weight' and frozen_words:
                self.register_buffer('words', value.clone())
            else:
                self.values[key(name)] = nn.Parameter(self.stacked(name, value))
        for name, value in lines.items():
            self.values[key(f'lines.{name}')] = nn.Parameter(value.repeat(members, *[1] * value.ndim))

    def stacked(self, name: str, value: torch.Tensor) -> torch.Tensor:
        value = value.T if is_linear(name, value) else value[None] if value.ndim == 1 else value
        return value[None].repeat(self.members, *[1] * value.ndim).contiguous()

    def spread_heads(self, scale: float) -> None:
        """Moves the members' heads apart, so that they make different mistakes."""
        with torch.no_grad():
            for name in self.plain:
                weight = self.values[key(f'{name}.weight')]
                weight.add_(torch.randn_like(weight) * scale)

    def state_of(self, weights: torch.Tensor) -> dict[str, torch.Tensor]:
        """The weighted mean of the members (weights sum to 1), under the names of a single network."""
        state = {}
        for stored, value in self.values.items():
            name = stored.replace('/', '.')
            mean = torch.einsum('e,e...->...', weights.to(value), value.detach().float())
            if name.split('.')[0] in ('lines', *self.extra):
                continue
            vector = mean.ndim == 2 and mean.shape[0] == 1
            state[name] = mean[0] if vector else mean.T if is_linear(name, mean) else mean
        if self.frozen_words:
            state['encoder.words.weight'] = self.words
        return {name: value.cpu().clone() for name, value in state.items()}

    def cast(self, kind: torch.dtype) -> dict[str, torch.Tensor]:
        return {name: value.to(kind) for name, value in self.values.items()}

    def forward(self, ids: torch.Tensor, length: torch.Tensor, target: torch.Tensor, kind: torch.dtype) -> dict[str, torch.Tensor]:
        """ids (members, rows, tokens); length and target (members, rows): how many are tokens, how many of these the text's own.

        -> the outputs of EnglishNet or ChineseNet, (members, rows, width); computed in `kind`, heads in float32.
        """
        members, rows, tokens = ids.shape
        p = self.cast(kind)
        x = self.states(p, ids, length, target, kind)
        place = torch.arange(tokens, device=ids.device)
        own = (place < target[..., None]).to(kind)[:, :, None, :]
        pooled = (own @ x.view(members, rows, tokens, self.shape.width))[:, :, 0].float() / target[..., None].clamp(min=1)
        return {**self.heads(self.drop(pooled)), 'pooled': pooled}

    def states(self, p, ids, length, target, kind) -> torch.Tensor:
        """The last layer's states, (members, rows * tokens, width)."""
        members, rows, tokens = ids.shape
        place = torch.arange(tokens, device=ids.device)
        there = place < length[..., None]
        if self.frozen_words:
            x = F.embedding(ids, self.words).to(kind)
        else:
            words = p[key('encoder.words.weight')]
            shift = torch.arange(members, device=ids.device)[:, None, None] * words.shape[1]
            x = F.embedding(ids + shift, words.reshape(-1, self.shape.width))
        before = (there & (place >= target[..., None])).to(kind)[..., None]
        x = x + p[key('encoder.positions.weight')][:, None, :tokens] + before * p[key('encoder.earlier')][:, None]
        x = self.drop(self.norm(p, 'encoder.norm', x.reshape(members, rows * tokens, self.shape.width)))
        mask = there.reshape(members * rows, 1, 1, tokens)
        if self.shape.near:
            near = p[key('encoder.near.weight')][:, rows_by_distance(place, self.shape.near)].permute(0, 3, 1, 2)
            near = near[:, None].expand(-1, rows, -1, -1, -1).reshape(members * rows, self.shape.heads, tokens, tokens)
            mask = near.masked_fill(~mask, -1e4)
        for i in range(self.shape.layers):
            x = self.layer(p, f'encoder.layers.{i}', x, mask, rows, tokens)
        return x

    def layer(self, p, at: str, x: torch.Tensor, mask: torch.Tensor, rows: int, tokens: int) -> torch.Tensor:
        heads, width = self.shape.heads, self.shape.width
        qkv = self.linear(p, f'{at}.qkv', x).view(self.members * rows, tokens, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask, dropout_p=self.chance if self.training else 0.0)
        mixed = mixed.transpose(1, 2).reshape(self.members, rows * tokens, width)
        x = self.norm(p, f'{at}.attention_norm', x + self.drop(self.linear(p, f'{at}.attention_out', mixed)))
        inner = self.linear(p, f'{at}.down', F.gelu(self.linear(p, f'{at}.up', x)))
        return self.norm(p, f'{at}.out_norm', x + self.drop(inner))

    def heads(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        """In float32: they are small, and their outputs are what the figures hang on."""
        linear = lambda name, x: torch.baddbmm(self.values[key(f'{name}.bias')], x, self.values[key(f'{name}.weight')])
        out = {('intensity' if name == 'intensity' else f'{name}_logits'): linear(name, x) for name in self.plain}
        if 'intensity' in out:
            out['intensity'] = torch.sigmoid(out['intensity'])
        mean, raw_sd = linear('vad.net.2', F.gelu(linear('vad.net.0', x))).split(3, -1)
        out['vad_mean'] = self.vad_rating_mean + self.vad_rating_sd * mean
        out['vad_sd'] = self.vad_rating_sd * F.softplus(raw_sd) + MINIMUM_SD
        return out

    def linear(self, p, name: str, x: torch.Tensor) -> torch.Tensor:
        return torch.baddbmm(p[key(f'{name}.bias')], x, p[key(f'{name}.weight')])

    def norm(self, p, name: str, x: torch.Tensor) -> torch.Tensor:
        return torch.addcmul(p[key(f'{name}.bias')], F.layer_norm(x, (self.shape.width,), eps=self.shape.epsilon), p[key(f'{name}.weight')])

    def drop(self, x: torch.Tensor) -> torch.Tensor:
        return F.dropout(x, self.chance, self.training)


def key(name: str) -> str:
    """Parameter names may hold no dots."""
    return name.replace('.', '/')
