"""Puts YuNet (Apache-2.0) under models/weights/face-detector, with its licence and manifest."""

import shutil
import sys

from ferplus import DATA, ROOT

sys.path.append(str(ROOT / "models" / "recipes"))
from manifest import file_entry, write_manifest  # noqa: E402

SOURCE = DATA / "weights" / "yunet"
TARGET = ROOT / "models" / "weights" / "face-detector"


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE / "yunet_n_dynamic.onnx", TARGET / "yunet.onnx")
    shutil.copyfile(SOURCE / "LICENSE", TARGET / "LICENSE")
    manifest = {
        "id": "face-detector",
        "version": "1.0.0",
        "task": "face-detection",
        "title": "YuNet face detector with five points",
        "source": {"kind": "shipped"},
        "files": [file_entry("model", TARGET / "yunet.onnx")],
        "licence": "Apache-2.0",
        "nonCommercial": False,
        "notice": "YuNet-n by Shiqi Yu and the libfacedetection contributors (ShiqiYu/libfacedetection.train), unchanged.",
        "languages": [],
        "card": "models/cards/face-detector.md",
        "settings": {
            "inputName": "input",
            "strides": [8, 16, 32],
            "outputs": {"classScore": "cls_", "objectScore": "obj_", "box": "bbox_", "points": "kps_"},
            "longSidePx": 640,
            "shortestLongSidePx": 160,
            "maximumEnlargement": 3,
            "minimumScore": 0.6,
            "maximumOverlap": 0.3,
        },
    }
    write_manifest(TARGET, manifest)


if __name__ == "__main__":
    main()
