"""From the trained net to models/weights/face-emotion: ONNX, int8 if it earns it, manifest (calibrate.ts calibrates it).

    python export.py
"""

import json
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

import dimensions
from ferplus import FINE, ROOT, WORK, load_pictures, load_votes, splits, vote_distributions
from network import FaceNet

sys.path.append(str(ROOT / "models" / "recipes"))
from manifest import file_entry, write_manifest  # noqa: E402
from traces import without_traces  # noqa: E402

TARGET = ROOT / "models" / "weights" / "face-emotion"
# What the weights saw, for `attune evaluate`.
SEEN = {
    "ferplus": {
        "trained": ["Training without dev"],
        "tuned": ["dev", "PublicTest"],
        "note": "PublicTest was looked at while the rule of the offsets was chosen, and 600 of its pictures, darkened, for the limits of light and contrast",
    },
    "diffusionfer": {
        "trained": [],
        "tuned": ["all"],
        "note": "two thirds of it fitted the offsets for larger faces, all of it was looked at while their rule was chosen",
    },
}
MODEL, FLOAT, INT8 = TARGET / "face-emotion.onnx", WORK / "face_float.onnx", WORK / "face_int8.onnx"


class Calibration(CalibrationDataReader):
    def __init__(self, pictures: np.ndarray):
        self.batches = iter(np.array_split(pictures.astype(np.float32)[:, None], 16))

    def get_next(self):
        batch = next(self.batches, None)
        return None if batch is None else {"crop": batch}


class Mirrored(torch.nn.Module):
    """The mean of what a crop and its mirror image say, inside the graph, so that nobody else needs to know."""

    def __init__(self, net: FaceNet):
        super().__init__()
        self.net = net

    def forward(self, x):
        logits, _ = self.net(torch.cat([x, x.flip(3)]))
        return (logits[: x.shape[0]] + logits[x.shape[0] :]) / 2


def export_float(net: torch.nn.Module) -> None:
    batch = torch.export.Dim("faces", min=1, max=256)
    torch.onnx.export(
        net, (torch.zeros(2, 1, 48, 48),), str(FLOAT), input_names=["crop"], output_names=["logits"],
        dynamic_shapes={"x": {0: batch}}, opset_version=18, dynamo=True, external_data=False,
    )


def export_int8(pictures: np.ndarray) -> None:
    prepared = WORK / "face_prepared.onnx"
    quant_pre_process(str(FLOAT), str(prepared))
    # Only the convolutions: the normalisation of the crop and the gates need their range.
    quantize_static(
        str(prepared), str(INT8), Calibration(pictures), quant_format=QuantFormat.QDQ, per_channel=True,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, op_types_to_quantize=["Conv"],
        reduce_range=True,  # seven bits: processors without VNNI saturate otherwise
    )
    for path in (FLOAT, INT8):
        onnx.save(without_traces(onnx.load(str(path))), str(path))


def run(path, pictures: np.ndarray) -> tuple[np.ndarray, float]:
    """Logits, and the median milliseconds for one face on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options)
    x = pictures.astype(np.float32)[:, None]
    logits = np.concatenate([session.run(None, {"crop": part})[0] for part in np.array_split(x, len(x) // 64)])
    times = []
    for i in range(200):
        start = time.perf_counter()
        session.run(None, {"crop": x[i : i + 1]})
        times.append(time.perf_counter() - start)
    return logits, 1000 * float(np.median(times))


def main() -> None:
    net = FaceNet()
    net.load_state_dict(torch.load(WORK / "face_net.pt"))
    net.eval()
    table, pictures = load_votes(), load_pictures()
    _, _, majority = vote_distributions(table["votes"])
    parts = splits(table, majority)
    dev, labels = pictures[parts["dev"]], majority[parts["dev"]]
    with torch.inference_mode():
        plain = torch.cat([net(part[:, None].float())[0] for part in torch.from_numpy(dev.copy()).split(256)])
    print(f"without the mirror image: dev accuracy {(plain.argmax(1).numpy() == labels).mean():.4f}")
    export_float(Mirrored(net).eval())
    export_int8(pictures[np.random.default_rng(5).choice(parts["train"], 1024, replace=False)])
    scores = {}
    for path in (FLOAT, INT8):
        logits, milliseconds = run(path, dev)
        scores[path] = (float((logits.argmax(1) == labels).mean()), milliseconds)
        print(f"{path.name}: {path.stat().st_size} bytes, dev accuracy {scores[path][0]:.4f}, {milliseconds:.2f} ms a face")
    better = scores[INT8][0] >= scores[FLOAT][0] - 0.01 and scores[INT8][1] < scores[FLOAT][1]
    chosen = INT8 if better else FLOAT
    print(f"shipped: {chosen.name}")

    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(chosen, MODEL)
    template = np.load(WORK / "face_points.npz")["template"]
    manifest = {
        "id": "face-emotion",
        "version": "3.0.0",
        "task": "face-emotion",
        "title": "Expression of a face (48 px, FER+)",
        "source": {"kind": "shipped"},
        "files": [file_entry("model", MODEL)],
        "licence": "MIT",
        "nonCommercial": True,
        "notice": "Trained for Attune on FER+ (votes: MIT, Microsoft; pictures: FER2013, gathered from the web for research).",
        "languages": [],
        "card": "models/cards/face-emotion.md",
        "labels": FINE,
        "settings": {
            "inputName": "crop",
            "outputName": "logits",
            "sidePx": 48,
            "template": [[round(float(v), 3) for v in point] for point in template],
            "calibrations": [{"facePx": 48, "temperature": 1, "offsets": [0] * len(FINE)}],
            "fineLabels": FINE,
            "categoryOf": {label: "disgust" if label == "contempt" else label for label in FINE},
            "fineThresholds": {"contempt": 0.3},
            **dimensions.fit(),
        },
    }
    write_manifest(TARGET, manifest)
    seen = {"weights": manifest["files"][0]["sha256"], "sources": SEEN}
    (TARGET / "training.json").write_text(json.dumps(seen, indent=2) + "\n")
    (TARGET / "variants.json").write_text(json.dumps(variants(scores, len(dev), seen["weights"]), indent=2) + "\n")


def variants(scores: dict[Path, tuple[float, float]], faces: int, weights: str) -> dict[str, object]:
    """What docs/models/SPEED.md shows of the two files."""
    names = {FLOAT: "float32", INT8: "int8"}
    found = [
        {"name": names[path], "bytes": path.stat().st_size, "milliseconds": round(ms, 2), "figures": {"accuracy, without offsets": round(accuracy, 4)}}
        for path, (accuracy, ms) in scores.items()
    ]
    return {"weights": weights, "part": f"FER+ dev, {faces} faces", "variants": found}


if __name__ == "__main__":
    main()
