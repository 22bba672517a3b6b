"""
Exports the GE2E speaker encoder of the PyPI package resemblyzer (Apache-2.0) to models/weights/speaker-embedding.

python models/recipes/speakers/export.py PACKAGE     the unpacked wheel's folder `resemblyzer`
After voice_space.py. Writes encoder.onnx (half-precision weights, computed in single precision), LICENSE and manifest.json.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from clips import ROOT
from encoder import WINDOW_SAMPLES, SpeakerEncoder, load
from voice_space import WORK

TARGET = ROOT / "models" / "weights" / "speaker-embedding"
SETTINGS = Path(__file__).with_name("settings.json")


class WithVoice(nn.Module):
    """The encoder, and its embedding's place in the voice space."""

    def __init__(self, encoder: SpeakerEncoder, projection: np.ndarray) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("projection", torch.from_numpy(projection.astype(np.float32)))

    def forward(self, samples: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        embedding = self.encoder(samples)
        return embedding, embedding @ self.projection


def exported(encoder: WithVoice) -> onnx.ModelProto:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "encoder.onnx")
        torch.onnx.export(
            encoder,
            (torch.zeros(2, WINDOW_SAMPLES),),
            path,
            input_names=["samples"],
            output_names=["embedding", "voice"],
            dynamic_axes={
                "samples": {0: "batch", 1: "length"},
                "embedding": {0: "batch"},
                "voice": {0: "batch"},
            },
            opset_version=17,
            dynamo=False,
        )
        return onnx.load(path)


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large constants as float16 with a Cast behind them, which the runtime folds when it loads the graph."""
    graph = model.graph
    casts = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 1024:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    package: Path = arguments.parse_args().package
    TARGET.mkdir(parents=True, exist_ok=True)
    space = np.load(WORK / "voice-space.npz")
    onnx.save(halved(exported(WithVoice(load(package), space["projection"]))), TARGET / "encoder.onnx")
    licence = next(package.parent.glob("[Rr]esemblyzer-*.dist-info")) / "LICENSE"
    shutil.copyfile(licence, TARGET / "LICENSE")
    content = (TARGET / "encoder.onnx").read_bytes()
    settings = json.loads(SETTINGS.read_text())
    settings["known"]["centre"] = space["centre"].round(5).tolist()
    manifest = {
        "id": "speaker-embedding",
        "version": "1.0.0",
        "task": "speaker-embedding",
        "title": "GE2E speaker encoder",
        "source": {"kind": "shipped"},
        "files": [
            {
                "role": "encoder",
                "path": "encoder.onnx",
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        ],
        "licence": "Apache-2.0; the projection saw RAVDESS and nEMO (CC BY-NC-SA 4.0)",
        "nonCommercial": True,
        "notice": "GE2E speaker encoder by Corentin Jemine and Resemble AI (resemble-ai/Resemblyzer, Apache-2.0; "
        "after Wan et al. 2018, arXiv:1710.10467), exported to ONNX with half-precision weights, "
        "and a projection fitted on LibriSpeech, EmoDB, RAVDESS and nEMO.",
        "languages": [],
        "card": "models/cards/speaker-embedding.md",
        "settings": {**settings, "between": space["between"].round(5).tolist()},
    }
    (TARGET / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
