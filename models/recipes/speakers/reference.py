"""
Golden numbers of tests/models/speaker-golden.json: resemblyzer's own checkpoint in PyTorch behind librosa's mel spectrogram.

python models/recipes/speakers/reference.py PACKAGE     needs librosa besides
"""

import argparse
import json
import math
from pathlib import Path

import librosa
import numpy as np
import torch
from torch import nn

from clips import ROOT

RATE = 16_000


def voice(pitch_hz: float, seconds: float) -> np.ndarray:
    """Harmonics under a moving formant, loud and soft by turns; tests/models/speaker-golden.test.ts makes the same."""
    time = np.arange(round(seconds * RATE)) / RATE
    formant = 700 + 300 * np.sin(2 * math.pi * 1.5 * time)
    wave = np.zeros_like(time)
    for harmonic in range(1, 25):
        hz = harmonic * pitch_hz
        wave += np.exp(-(((hz - formant) / 400) ** 2)) * np.sin(2 * math.pi * hz * time)
    return (0.1 * wave * (0.6 + 0.4 * np.sin(2 * math.pi * 3 * time))).astype(np.float32)


def reference(package: Path, samples: np.ndarray) -> list[float]:
    state = torch.load(package / "pretrained.pt", map_location="cpu", weights_only=True)["model_state"]
    lstm, linear = nn.LSTM(40, 256, 3, batch_first=True), nn.Linear(256, 256)
    lstm.load_state_dict({k[5:]: v for k, v in state.items() if k.startswith("lstm.")})
    linear.load_state_dict({k[7:]: v for k, v in state.items() if k.startswith("linear.")})
    level = samples * 10 ** (-30 / 20) / np.sqrt((samples**2).mean())
    mel = librosa.feature.melspectrogram(y=level, sr=RATE, n_fft=400, hop_length=160, n_mels=40)[:, :-1].T
    with torch.no_grad():
        _, (hidden, _) = lstm(torch.from_numpy(np.ascontiguousarray(mel))[None])
        raw = torch.relu(linear(hidden[-1]))[0]
    return (raw / raw.norm()).tolist()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    package = arguments.parse_args().package
    rows = [
        {"pitchHz": pitch, "seconds": seconds, "embedding": [round(x, 5) for x in reference(package, voice(pitch, seconds))]}
        for pitch, seconds in ((110, 1.6), (210, 1.2), (160, 0.8))
    ]
    (ROOT / "tests" / "models" / "speaker-golden.json").write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    main()
