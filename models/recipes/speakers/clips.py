"""Clips of the tuning half of the speakers (bench/diarisation/corpus.ts), and EmoDB: the reporting half is never heard here."""

import csv
import subprocess
from collections import defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
SPEECH = ROOT.parent / "shared" / "data" / "speech"
FFMPEG = next((ROOT / "node_modules" / "@ffmpeg-installer").glob("*/ffmpeg"))


def decode(path: Path) -> np.ndarray:
    """16 kHz mono, as the app decodes."""
    command = [FFMPEG, "-nostdin", "-v", "error", "-i", path, "-ac", "1", "-ar", "16000", "-f", "f32le", "pipe:1"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


def labelled(corpus: str) -> dict[str, list[Path]]:
    clips = defaultdict(list)
    with open(SPEECH / corpus / "labels.csv", encoding="utf8") as rows:
        for row in csv.DictReader(rows):
            clips[row["speaker"]].append(SPEECH / corpus / row["path"])
    return clips


def librispeech() -> dict[str, list[Path]]:
    clips = defaultdict(list)
    for path in (SPEECH / "librispeech_test_other").glob("*.flac"):
        clips[path.name.split("-")[0]].append(path)
    return clips


def tuning_clips(random: np.random.Generator) -> list[tuple[str, Path]]:
    """Speaker and clip. Every second speaker, RAVDESS by pairs; at most so many clips a speaker."""
    chosen = []
    for name, clips, pair, most in (
        ("librispeech", librispeech(), 1, 99),
        ("ravdess", labelled("ravdess"), 2, 60),
        ("nemo", labelled("nemo"), 1, 70),
        ("emodb", labelled("emodb"), 0, 60),
    ):
        for i, speaker in enumerate(sorted(clips)):
            if pair == 0 or (i // pair) % 2 == 1:
                order = random.permutation(sorted(map(str, clips[speaker])))
                chosen += [(name + speaker, Path(path)) for path in order[:most]]
    return chosen


def tuning_noises() -> list[np.ndarray]:
    paths = sorted(SPEECH.glob("esc10/*/*.ogg"))
    return [decode(path) for i, path in enumerate(paths) if i % 2 == 1]
