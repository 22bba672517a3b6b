"""The signal path of models/voice once more, in numpy: written from the formulas, to check the TypeScript against.

python models/recipes/voice/reference.py      writes tests/models/voice-golden.json (after report.py)
"""
import json
import math
import os

import numpy as np
import onnx
import onnxruntime

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..", "..")
WEIGHTS = os.path.join(HERE, "..", "..", "weights", "voice-emotion")
ENCODER = os.path.join(ROOT, "node_modules/@moonshine-ai/moonshine-js/dist/model/tiny/quantized/encoder_model.onnx")
RATE, FRAME, HOP, FPS = 16000, 512, 320, 50.0


def signals():
    """The same signals as tests/models/voice-signals.ts."""
    t = np.arange(2 * RATE) / RATE
    x, noise = 12345, []
    for _ in range(3 * RATE):
        x = (1664525 * x + 1013904223) % 2 ** 32
        noise.append(x / 2 ** 31 - 1)
    noise = np.array(noise)
    u = np.arange(3 * RATE) / RATE
    phase = 2 * np.pi * 140 * u - 60 / .7 * (np.cos(2 * np.pi * .7 * u) - 1)
    harmonics = sum(np.sin(h * phase) / h for h in range(1, 21))
    voice = .12 * harmonics * np.maximum(0, np.sin(2 * np.pi * u)) ** .5 + .0005 * noise
    return {"tone": .3 * np.sin(2 * np.pi * 220 * t) + .0005 * noise[: len(t)], "chirp": .2 * np.sin(2 * np.pi * (100 * t + 60 * t * t)) + .0005 * noise[: len(t)],
            "noise": .2 * noise[: RATE * 3 // 2], "voice": voice}


def count(n):
    return max(1, (n - FRAME) // HOP + 1) if n else 0


def frames(x):
    padded = np.pad(x, (0, FRAME))
    return np.stack([padded[i * HOP : i * HOP + FRAME] for i in range(count(len(x)))])


def levels_db(x):
    return 10 * np.log10((frames(x) ** 2).sum(1) / FRAME + 1e-10)


def active_of(levels):
    return levels > max(np.quantile(levels, .95) - 30, -80)


def prepared(x):
    """Centred, cut to speech with 100 ms around it, levelled to rms .1 and clipped."""
    x = x.astype(np.float32).astype(float)
    x = x - x.mean()
    found = np.where(active_of(levels_db(x)))[0]
    x = x[max(0, found[0] * HOP - 1600) : min(len(x), found[-1] * HOP + FRAME + 1600)]
    return np.clip(x * .1 / (np.sqrt((x ** 2).mean()) + 1e-6), -1, 1)


def pitch(x):
    half = (x[0 : len(x) // 2 * 2 : 2] + x[1 : len(x) // 2 * 2 : 2]) / 2
    f0, height = np.zeros(count(len(x))), np.zeros(count(len(x)))
    for i in range(len(f0)):
        start = i * HOP // 2
        if start + 200 + 135 > len(half):
            continue
        a = half[start : start + 200]
        if (a * a).sum() < 1e-7:
            continue
        r = np.zeros(137)
        for lag in range(12, 136):
            b = half[start + lag : start + lag + 200]
            r[lag] = (a * b).sum() / math.sqrt((a * a).sum() * max((b * b).sum(), 1e-9))
        peaks = [k for k in range(13, 135) if r[k] > 0 and r[k] >= r[k - 1] and r[k] > r[k + 1]]
        if not peaks:
            continue
        lag = next(k for k in peaks if r[k] >= .87 * max(r[p] for p in peaks))
        height[i] = min(1, r[lag])
        if r[lag] >= .5:
            curve = r[lag - 1] - 2 * r[lag] + r[lag + 1]
            f0[i] = 8000 / (lag + (.5 * (r[lag - 1] - r[lag + 1]) / curve if curve < 0 else 0))
    padded = np.concatenate([f0[:1], f0, f0[-1:]])
    return np.median(np.stack([padded[:-2], f0, padded[2:]]), 0), height


def runs(flags):
    lengths, n = [], 0
    for flag in list(flags) + [False]:
        n, lengths = (n + 1, lengths) if flag else (0, lengths + [n] if n else lengths)
    return lengths


def slope(x, y):
    return np.polyfit(x, y, 1)[0] if len(x) > 1 else 0


def peak_count(levels, active):
    found, valley, hill = 0, np.inf, -np.inf
    for i in range(len(levels)):
        level = levels[max(0, i - 2) : i + 3].mean()
        if level > hill and level > valley + 2 and active[i]:
            hill = level
        if hill > -np.inf and level < hill - 2:
            found, hill, valley = found + 1, -np.inf, level
        valley = min(valley, level)
    return found + (hill > -np.inf)


def mel_bank():
    mel = np.linspace(0, 1125 * np.log(1 + 8000 / 700), 28)
    bins = np.floor((FRAME + 1) * 700 * (np.exp(mel / 1125) - 1) / RATE).astype(int)
    bank = np.zeros((26, FRAME // 2))
    for j in range(26):
        low, middle, high = bins[j : j + 3]
        for i in range(low, min(high, FRAME // 2)):
            bank[j, i] = (i - low) / (middle - low) if i < middle else (high - i) / (high - middle)
    return bank


def sharpness(A):
    """Meyda's: a slice of the Bark scale a band, loudness ** .23, its own weights."""
    hz = np.arange(FRAME) * RATE / FRAME
    bark = 13 * np.arctan(hz / 1315.8) + 3.5 * np.arctan((hz / 7518) ** 2)
    top = bark[FRAME // 2 - 1]
    limits, band = [0] * 25, 1
    for i in range(FRAME // 2):
        while bark[i] > band * top / 24:
            limits[band] = i
            band += 1
    limits[24] = FRAME // 2 - 1
    loud = np.stack([A[:, limits[i] : limits[i + 1]].sum(1) ** .23 for i in range(24)], 1)
    weighted = sum((i + 1) * loud[:, i + 1] if i < 15 else .066 * np.exp(.171 * (i + 1)) for i in range(24))
    return .11 * weighted / loud.sum(1)


def spectrum(x, active):
    window = .5 - .5 * np.cos(2 * np.pi * np.arange(FRAME) / (FRAME - 1))
    A = np.abs(np.fft.rfft(frames(x)[active] * 32 * window))[:, : FRAME // 2]
    P, k = A ** 2, np.arange(FRAME // 2)
    mel = np.log(P @ mel_bank().T + 1)
    mfcc = 2 * mel @ np.cos(np.pi / 26 * (np.arange(26)[None] + .5) * np.arange(13)[:, None]).T
    m1, m2, m3 = [(A * k ** p).sum(1) / A.sum(1) for p in (1, 2, 3)]
    sd = np.sqrt(m2 - m1 ** 2)
    tail = np.cumsum(A[:, ::-1], 1)[:, ::-1]
    rolloff = np.array([next((n for n in range(255, -1, -1) if row[n] >= .01 * row[0] * (1 - 1e-7)), 0) for row in tail]) * RATE / (2 * 255)
    band = lambda low, high: P[:, math.ceil(low / 31.25) : math.ceil(high / 31.25)].sum(1) + 1e-6
    ratio = lambda low, middle, high: 10 * np.log10(band(low, middle) / band(middle, high))
    return mfcc, {"centroid": m1 * .03125, "spread": sd * .03125, "skewness": (2 * m1 ** 3 - 3 * m1 * m2 + m3) / sd ** 3,
                  "flatness": np.exp(np.log(A).mean(1)) / A.mean(1), "rolloff": rolloff / 1000, "sharpness": sharpness(A),
                  "alpha": ratio(50, 1000, 5000), "tilt": ratio(50, 500, 1500),
                  "hammarberg": 20 * np.log10((A[:, 1:64].max(1) + 1e-3) / (A[:, 64:160].max(1) + 1e-3))}


def prosody(x):
    levels = levels_db(x)
    loud, active = np.quantile(levels, .95), active_of(levels)
    f0, height = pitch(x)
    voiced = np.where(active & (f0 > 0))[0]
    flags = active & (f0 > 0)
    semi = 12 * np.log2(f0[voiced] / 100) if len(voiced) else np.zeros(0)
    steps = np.array([semi[i] - semi[i - 1] for i in range(1, len(voiced)) if voiced[i - 1] == voiced[i] - 1])
    mean = lambda v: float(np.mean(v)) if len(v) else 0.
    sd = lambda v: float(np.std(v)) if len(v) > 1 else 0.
    q = lambda v, p: float(np.quantile(v, p)) if len(v) else 0.
    tail = int(len(voiced) * .7)
    index = np.where(active)[0]
    rel = levels[index] - loud
    rel_steps = np.array([rel[i] - rel[i - 1] for i in range(1, len(index)) if index[i - 1] == index[i] - 1])
    out = {"log_seconds": math.log(.1 + len(x) / RATE), "f0_mean": mean(semi), "f0_sd": sd(semi), "f0_p10": q(semi, .1), "f0_p50": q(semi, .5), "f0_p90": q(semi, .9),
           "f0_slope": slope(voiced / FPS, semi), "f0_final_slope": slope(voiced[tail:] / FPS, semi[tail:]), "f0_step": mean(abs(steps)) * FPS, "f0_rising": mean(steps > 0),
           "periodicity_mean": mean(height[voiced]), "periodicity_sd": sd(height[voiced]), "voiced_share": len(voiced) / max(1, len(index)),
           "voiced_run": mean(runs(flags)) / FPS, "voiced_runs_per_s": len(runs(flags)) * FPS / max(10, len(active)),
           "energy_mean": mean(rel), "energy_sd": sd(rel), "energy_p10": q(rel, .1), "energy_p50": q(rel, .5), "energy_p90": q(rel, .9),
           "energy_slope": slope(index / FPS, rel), "energy_step": mean(abs(rel_steps)), "energy_voiced_sd": sd(levels[voiced] - loud),
           "pause_share": 1 - len(index) / max(1, len(active)), "longest_pause": max([0] + runs(~active)) / FPS,
           "peaks_per_s": peak_count(levels, active) * FPS / max(10, len(index)), "zero_crossings": float(((x[1:] >= 0) != (x[:-1] >= 0)).mean())}
    mfcc, shapes = spectrum(x, active)
    for i in range(13):
        out |= {f"mfcc{i}_mean": mean(mfcc[:, i]), f"mfcc{i}_sd": sd(mfcc[:, i]), f"mfcc{i}_step": sd(np.diff(mfcc[:, i]))}
    for name, series in shapes.items():
        out |= {f"{name}_mean": mean(series), f"{name}_sd": sd(series)}
    return {k: float(v) for k, v in out.items()}


def encoder(layers):
    model = onnx.load(ENCODER)
    for name in layers:
        model.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    return onnxruntime.InferenceSession(model.SerializeToString())


def opinion(heads, weights):
    logs = weights["alone"] * heads[0, :9] + weights["own"] * heads[1, :9]
    p = np.exp(logs - logs.max())
    return (1 - weights["doubt"]) * p / p.sum() + weights["doubt"] / len(p)


def main():
    s = json.load(open(os.path.join(WEIGHTS, "manifest.json")))["settings"]
    run = encoder(s["encoderLayers"])
    projector, sequence, head = [onnxruntime.InferenceSession(os.path.join(WEIGHTS, f"{name}.onnx")) for name in ("projector", "sequence", "head")]
    course_layer = s["encoderLayers"].index(s["sequence"]["layer"])
    mixing = s["mixing"]["alone"]
    golden = {}
    for name, signal in signals().items():
        x = prepared(signal)
        values = prosody(x)
        layers = run.run(s["encoderLayers"], {"input_values": x.astype(np.float32)[None]})
        parts = [f(h[0].astype(float), 0) for h in layers for f in (np.mean, np.std)]
        directions = projector.run(None, {"features": np.concatenate(parts + [list(values.values())]).astype(np.float32)[None]})[0]
        course = sequence.run(None, {"frames": layers[course_layer]})[0]
        latent = np.hstack([directions, course])
        alone, own, strange = head.run(["alone", "own", "strangeness"], {"latent": latent, "offset": np.zeros_like(latent)})
        heads = np.stack([alone[0], own[0]])
        known = 1 / (1 + math.exp(s["familiarity"]["alone"]["slope"] * (math.log(strange[0, 0] + 1e-9) - s["familiarity"]["alone"]["middle"])))
        p = known * opinion(heads, mixing["known"]) + (1 - known) * opinion(heads, mixing["strange"])
        share = mixing["known"]["own"] / (mixing["known"]["own"] + mixing["known"]["alone"])
        affect = share * heads[1, 9:] + (1 - share) * heads[0, 9:]
        golden[name] = {"prosody": {k: round(u, 6) for k, u in values.items()}, "layerMean": [round(float(h.mean()), 5) for h in layers],
                        "latent": [round(float(u), 5) for u in latent[0][-21:]], "fine": [round(float(u), 5) for u in p],
                        "affect": [round(float(np.clip(u, -1, 1)), 5) for u in affect]}
    with open(os.path.join(ROOT, "tests", "models", "voice-golden.json"), "w") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
