"""
Where CAM++'s embeddings tell speakers apart and not moods, lines or noises: covariance within speakers made white, then that between
speakers diagonal (linear discriminant analysis with both covariances shrunk towards their mean, all directions kept).

python models/recipes/speakers/voice_space.py PACKAGE     writes .work/speakers/voice-space.npz (about ten minutes of one core)
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from scipy.signal import butter, sosfilt

from clips import ROOT, decode, tuning_clips, tuning_noises
from encoder import FRAMES_PER_SECOND, SAMPLE_RATE_HZ, SpeakerEncoder, frames_of, load

WORK = ROOT / "models" / "recipes" / ".work" / "speakers"
WITHIN_SHRINKAGE = 1.0
"""Added to each variance within speakers, in parts of their mean: the 26 speakers fix no 192 directions."""
BETWEEN_SHRINKAGE = 0.9
"""Share of the between-speaker covariance that is the same in every direction: 26 speakers fix no more."""
WINDOW_S = 1.6
MOST_WINDOWS = (4, 2, 2)
TELEPHONE = butter(4, [300, 3400], "band", fs=16_000, output="sos")


def trimmed(samples: np.ndarray) -> np.ndarray:
    count = len(samples) // 320
    level = 10 * np.log10((samples[: count * 320].reshape(count, 320) ** 2).mean(1) + 1e-10)
    active = np.where(level > np.quantile(level, 0.95) - 30)[0]
    return samples[max(0, active[0] * 320 - 1600) : (active[-1] + 1) * 320 + 1600] if len(active) else samples


def noisy(samples: np.ndarray, noises: list[np.ndarray], random: np.random.Generator) -> np.ndarray:
    noise = noises[random.integers(len(noises))]
    noise = np.resize(np.roll(noise, -random.integers(len(noise))), len(samples))
    ratio_db = random.uniform(5, 25)
    gain = np.sqrt((samples**2).mean() / ((noise**2).mean() + 1e-12)) * 10 ** (-ratio_db / 20)
    return samples + gain * noise


def embedded(encoder: SpeakerEncoder, samples: np.ndarray, most: int) -> np.ndarray:
    """Windows side by side, at most so many; a shorter clip is laid end to end until it is one."""
    length = round(WINDOW_S * SAMPLE_RATE_HZ)
    count = min(most, len(samples) // length)
    cut = samples[: count * length] if count else np.resize(samples, length)
    step = round(WINDOW_S * FRAMES_PER_SECOND)
    windows = torch.tensor([[i * step, min((i + 1) * step, frames_of(len(cut)))] for i in range(max(1, count))])
    with torch.no_grad():
        return encoder(torch.from_numpy(np.ascontiguousarray(cut, np.float32))[None], windows).numpy()


def tuning_embeddings(package: Path) -> tuple[np.ndarray, np.ndarray]:
    """Embeddings of each clip as it is, over noise, and over noise on a telephone line; and their speakers."""
    encoder = load(package)
    random = np.random.default_rng(0)
    noises = tuning_noises()
    rows, speakers = [], []
    for speaker, path in tuning_clips(random):
        clean = trimmed(decode(path))
        for variant in range(3):
            samples = clean if variant == 0 else noisy(clean, noises, random)
            samples = sosfilt(TELEPHONE, samples) if variant == 2 else samples
            rows.append(embedded(encoder, samples, MOST_WINDOWS[variant]))
            speakers += [speaker] * len(rows[-1])
    return np.concatenate(rows), np.array(speakers)


def voice_space(embeddings: np.ndarray, speakers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Projection [192, 192] to where noise has variance 1, and the variance over speakers of each dimension."""
    groups = [embeddings[speakers == name] for name in sorted(set(speakers))]
    within = np.mean([np.cov(group.T, bias=True) for group in groups], 0)
    size = len(within)
    within += WITHIN_SHRINKAGE * np.trace(within) / size * np.eye(size)
    values, vectors = np.linalg.eigh(within)
    white = vectors / np.sqrt(values)
    between = np.cov((np.array([group.mean(0) for group in groups]) @ white).T, bias=True)
    mean_variance = np.trace(between) / size
    between = (1 - BETWEEN_SHRINKAGE) * between + BETWEEN_SHRINKAGE * mean_variance * np.eye(size)
    spread, directions = np.linalg.eigh(between)
    order = np.argsort(-spread)
    return white @ directions[:, order], spread[order]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    WORK.mkdir(parents=True, exist_ok=True)
    cache = WORK / "embeddings.npz"
    if not cache.exists():
        embeddings, speakers = tuning_embeddings(arguments.parse_args().package)
        np.savez(cache, embeddings=embeddings, speakers=speakers)
    known = np.load(cache)
    projection, between = voice_space(known["embeddings"], known["speakers"])
    centre = known["embeddings"].mean(0) @ projection
    np.savez(WORK / "voice-space.npz", projection=projection, between=between, centre=centre)
    print(f"{len(known['speakers'])} windows of {len(set(known['speakers']))} speakers, variances", between[:5].round(2))


if __name__ == "__main__":
    main()
