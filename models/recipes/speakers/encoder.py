"""The GE2E speaker encoder as PyTorch modules: samples in, embedding out."""

import math
from pathlib import Path

import torch
from torch import nn

SAMPLE_RATE_HZ = 16_000
FFT = 400
HOP = 160
MELS = 40
HIDDEN = 256
FRAMES = 160
WINDOW_SAMPLES = FRAMES * HOP
"""What the encoder was trained on; the app takes shorter windows."""
LEVEL_DB = -30
"""The root mean square, in dB of full scale, that every window is brought to: the encoder takes plain power, so level matters."""


def slaney_mel(hz: torch.Tensor) -> torch.Tensor:
    """Slaney's scale: linear below 1 kHz, logarithmic above (Auditory Toolbox, 1998)."""
    linear = hz / (200 / 3)
    return torch.where(hz < 1000, linear, 15 + torch.log(hz.clamp(min=1) / 1000) * 27 / math.log(6.4))


def slaney_hz(mel: torch.Tensor) -> torch.Tensor:
    return torch.where(mel < 15, mel * 200 / 3, 1000 * torch.exp((mel - 15) * math.log(6.4) / 27))


def mel_bank() -> torch.Tensor:
    """Triangles of equal area, [MELS, FFT / 2 + 1], from 0 Hz to half the sample rate."""
    top = slaney_mel(torch.tensor([SAMPLE_RATE_HZ / 2], dtype=torch.float64))
    edges = slaney_hz(torch.linspace(0, 1, MELS + 2, dtype=torch.float64) * top)
    bins = torch.linspace(0, SAMPLE_RATE_HZ / 2, FFT // 2 + 1, dtype=torch.float64)
    rise = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    area = 2 / (edges[2:] - edges[:-2])
    return (torch.minimum(rise, fall).clamp(min=0) * area[:, None]).float()


def fourier_kernel() -> torch.Tensor:
    """Windowed cosines, then sines, as one convolution's kernel [2 * bins, 1, FFT]."""
    time = torch.arange(FFT, dtype=torch.float64)
    hann = 0.5 - 0.5 * torch.cos(2 * math.pi * time / FFT)
    angle = 2 * math.pi * torch.arange(FFT // 2 + 1, dtype=torch.float64)[:, None] * time / FFT
    return (torch.cat([angle.cos(), angle.sin()]) * hann)[:, None].float()


class SpeakerEncoder(nn.Module):
    """`samples` [batch, samples] at 16 kHz -> `embedding` [batch, 256], of length 1 (Wan et al. 2018, arXiv:1710.10467)."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.lstm = nn.LSTM(MELS, HIDDEN, 3, batch_first=True)
        self.linear = nn.Linear(HIDDEN, HIDDEN)
        self.load_state_dict({k: v for k, v in state.items() if k.startswith(("lstm.", "linear."))})
        self.register_buffer("fourier", fourier_kernel(), persistent=False)
        self.register_buffer("bank", mel_bank(), persistent=False)

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        power = (samples * samples).mean(dim=1, keepdim=True)
        level = samples * (10 ** (LEVEL_DB / 20) / (power + 1e-10).sqrt())
        parts = nn.functional.conv1d(level[:, None], self.fourier, stride=HOP, padding=FFT // 2)
        cosine, sine = parts.chunk(2, dim=1)
        mel = torch.matmul(self.bank, cosine * cosine + sine * sine)[:, :, :-1]
        _, (hidden, _) = self.lstm(mel.transpose(1, 2))
        raw = torch.relu(self.linear(hidden[-1]))
        return raw / (raw.norm(dim=1, keepdim=True) + 1e-9)


def load(package: Path) -> SpeakerEncoder:
    """`package`: the unpacked wheel's folder `resemblyzer`."""
    checkpoint = torch.load(package / "pretrained.pt", map_location="cpu", weights_only=True)
    return SpeakerEncoder(checkpoint["model_state"]).eval()
