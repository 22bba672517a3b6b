"""What every recipe writes beside its weights: the manifest that the app believes them by."""

import hashlib
import json
from pathlib import Path


def file_entry(role: str, file: Path) -> dict[str, object]:
    content = file.read_bytes()
    return {"role": role, "path": file.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def write_manifest(folder: Path, manifest: dict[str, object]) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
