"""
Puts silero's voice activity detector (MIT), as the PyPI package silero-vad carries it, under models/weights/voice-activity.

python models/recipes/activity/take.py PACKAGE     the unpacked wheel's folder `silero_vad`
"""

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "models" / "recipes"))
from manifest import file_entry, write_manifest  # noqa: E402

TARGET = ROOT / "models" / "weights" / "voice-activity"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    package: Path = arguments.parse_args().package
    TARGET.mkdir(parents=True, exist_ok=True)
    model = TARGET / "silero.onnx"
    shutil.copyfile(package / "data" / "silero_vad_16k_sequence.onnx", model)
    shutil.copyfile(next(package.parent.glob("silero_vad-*.dist-info")) / "licenses" / "LICENSE", TARGET / "LICENSE")
    manifest = {
        "id": "silero-vad",
        "version": "6.2.3",
        "task": "voice-activity",
        "title": "Silero voice activity detector, version 6",
        "source": {"kind": "shipped"},
        "files": [file_entry("model", model)],
        "licence": "MIT",
        "nonCommercial": False,
        "card": "models/cards/voice-activity.md",
        "notice": "Silero VAD by the Silero Team (snakers4/silero-vad, MIT), as carried by the PyPI package silero-vad. Unchanged.",
        "languages": [],
        "settings": {},
    }
    write_manifest(TARGET, manifest)


if __name__ == "__main__":
    main()
