"""A made-up voice for golden numbers, that needs no recording."""

import math

import numpy as np

SAMPLE_RATE_HZ = 16_000


def voice(pitch_hz: float, seconds: float) -> np.ndarray:
    """Harmonics under a moving formant, loud and soft by turns, over a soft hiss; tests/models/made-voice.ts makes the same."""
    time = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    formant = 700 + 300 * np.sin(2 * math.pi * 1.5 * time)
    wave = np.zeros_like(time)
    for harmonic in range(1, 25):
        hz = harmonic * pitch_hz
        wave += np.exp(-(((hz - formant) / 400) ** 2)) * np.sin(2 * math.pi * hz * time)
    return (0.1 * wave * (0.6 + 0.4 * np.sin(2 * math.pi * 3 * time)) + hiss(len(time))).astype(np.float32)


def hiss(count: int) -> np.ndarray:
    """The linear congruential generator of Numerical Recipes, in +-.005."""
    state, values = 1, np.zeros(count)
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = 0.01 * (state / 2**32 - 0.5)
    return values
