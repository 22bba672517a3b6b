"""Fixtures for the golden tests, tests/models/face-fixtures.json: what numpy, Pillow and onnxruntime in Python answer to
inputs that the tests can draw by arithmetic. Run after export.py.
"""

import json

import numpy as np
import onnxruntime
from PIL import Image

from ferplus import DATA, ROOT
from yunet import decode, detect, open_session, suppress

OUT = ROOT / "tests" / "models" / "face-fixtures.json"
WEIGHTS = ROOT / "models" / "weights" / "face-emotion"


def drawn(width: int, height: int) -> np.ndarray:
    """uint8 [height, width, 3]; tests/models/face-drawing.ts has the same formula in whole numbers."""
    x, y, c = np.meshgrid(np.arange(width), np.arange(height), np.arange(3), indexing="xy")
    return ((x * x * 3 + y * y * 5 + x * y * (c + 1) + 40 * c) // 16 % 256).astype(np.uint8)


def sequence(count: int, seed: int) -> np.ndarray:
    """Values in [0, 1) from a linear congruential generator (Numerical Recipes' constants)."""
    out = np.empty(count)
    state = seed
    for i in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        out[i] = state / 2**32
    return out


def detection() -> dict:
    """Outputs of a made-up detector for 96 x 64 pixels, seed by seed, and what the reference decoder makes of them."""
    outputs = {}
    for s, stride in enumerate((8, 16, 32)):
        cells = (96 // stride) * (64 // stride)
        for k, (name, width, low, high) in enumerate(
            (("cls", 1, 0, 1), ("obj", 1, 0, 1), ("bbox", 4, -0.5, 1.2), ("kps", 10, -1, 2))
        ):
            values = sequence(cells * width, 1 + 10 * s + k) * (high - low) + low
            outputs[f"{name}_{stride}"] = values.astype(np.float32).reshape(cells, width)
    rows = decode(outputs, 96, 64, 0.6)
    # Boxes whose middle is outside the picture (90 x 60 before padding) are no faces.
    middle = rows[:, 1:3] + rows[:, 3:5] / 2
    rows = rows[(middle >= 0).all(1) & (middle[:, 0] < 90) & (middle[:, 1] < 60)]
    return {"width": 90, "height": 60, "faces": suppress(rows, 0.3).round(4).tolist()}


def bilinear(grey: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    height, width = grey.shape
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    fx, fy = x - left, y - top
    upper = grey[top, left] * (1 - fx) + grey[top, right] * fx
    lower = grey[bottom, left] * (1 - fx) + grey[bottom, right] * fx
    return upper * (1 - fy) + lower * fy


def alignment(template: np.ndarray, points: np.ndarray, width: int, height: int) -> dict:
    """The similarity as a general least-squares problem, the crop by sampling four times as finely as the frame."""
    ones, zeros = np.ones(5), np.zeros(5)
    qx, qy = template.T
    system = np.concatenate([np.stack([qx, -qy, ones, zeros], 1), np.stack([qy, qx, zeros, ones], 1)])
    a, b, tx, ty = np.linalg.lstsq(system, np.concatenate([points[:, 0], points[:, 1]]), rcond=None)[0]
    grey = drawn(width, height).astype(float) @ [0.299, 0.587, 0.114]
    n = 4 * max(1, int(np.ceil(np.hypot(a, b))))
    steps = (np.arange(48 * n) + 0.5) / n - 0.5
    u, v = np.meshgrid(steps, steps)
    crop = bilinear(grey, a * u - b * v + tx, b * u + a * v + ty).reshape(48, n, 48, n).mean((1, 3))
    return {
        "width": width,
        "height": height,
        "points": points.tolist(),
        "warp": [a, b, tx, ty],
        "crop": crop[::5, ::5].round(3).tolist(),
    }


def calibrated(logits: np.ndarray, calibration: dict) -> np.ndarray:
    scores = logits / calibration["temperature"] + np.array(calibration["offsets"])
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def emotion(settings: dict) -> list[dict]:
    session = onnxruntime.InferenceSession(str(WEIGHTS / "face-emotion.onnx"))
    out = []
    for width, height in ((48, 48), (31, 57), (120, 90)):
        crop = np.rint(drawn(48, 48)[:, :, 0].astype(float) * width / 120 + height).clip(0, 255).astype(np.float32)
        logits = session.run(None, {settings["inputName"]: crop[None, None]})[0][0]
        probabilities = calibrated(logits, settings["calibrations"][0]).tolist()
        out.append({"gain": width / 120, "offset": height, "logits": logits.tolist(), "probabilities": probabilities})
    return out


def real(settings: dict) -> list[dict]:
    """A few pictures of DiffusionFER: numbers only. Names, points and the reading on the way Python takes."""
    detector = open_session()
    session = onnxruntime.InferenceSession(str(WEIGHTS / "face-emotion.onnx"))
    template = np.array(settings["template"])
    folder = DATA / "diffusionfer" / "DiffusionFER" / "DiffusionEmotion_S" / "cropped"
    out = []
    for path in [sorted((folder / name).glob("*.jpg"))[3] for name in ("happy", "neutral", "surprise", "angry")]:
        picture = Image.open(path).convert("RGB")
        # 160 is the detector's shortest long side for small pictures.
        large = np.asarray(picture.resize((160, 160), Image.BILINEAR), np.float32)
        points = detect(detector, large[None, :, :, ::-1].transpose(0, 3, 1, 2).copy())[0][0][5:].reshape(5, 2) * 0.8
        grey = np.asarray(picture.convert("L"), float)
        qx, qy = template.T
        system = np.concatenate(
            [np.stack([qx, -qy, np.ones(5), np.zeros(5)], 1), np.stack([qy, qx, np.zeros(5), np.ones(5)], 1)]
        )
        a, b, tx, ty = np.linalg.lstsq(system, np.concatenate(points.T), rcond=None)[0]
        steps = (np.arange(48 * 4) + 0.5) / 4 - 0.5
        u, v = np.meshgrid(steps, steps)
        crop = bilinear(grey, a * u - b * v + tx, b * u + a * v + ty).reshape(48, 4, 48, 4).mean((1, 3))
        logits = session.run(None, {settings["inputName"]: crop[None, None].astype(np.float32)})[0][0]
        # The pictures are 128 px wide: above the largest size that has a calibration of its own.
        probabilities = calibrated(logits, settings["calibrations"][-1]).round(4).tolist()
        name = str(path.relative_to(folder))
        out.append({"name": name, "points": points.round(2).tolist(), "probabilities": probabilities})
    return out


def main() -> None:
    settings = json.loads((WEIGHTS / "manifest.json").read_text())["settings"]
    template = np.array(settings["template"])
    angle = np.deg2rad(17)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    wobble = (sequence(10, 9).reshape(5, 2) - 0.5) * 3
    fixtures = {
        "detection": detection(),
        "alignment": [
            alignment(template, 4.3 * template @ turn.T + [90, 12] + wobble, 320, 240),
            alignment(template, 0.6 * template @ turn + [8, 20] + wobble / 6, 64, 56),
            alignment(template, 2.2 * template @ turn - [30, 20] + wobble, 120, 90),
        ],
        "resample": {
            "larger": np.asarray(Image.fromarray(drawn(20, 14)).resize((50, 35), Image.BILINEAR))[::6, ::9].tolist(),
            "smaller": np.asarray(Image.fromarray(drawn(200, 140)).resize((60, 42), Image.BILINEAR))[::6, ::9].tolist(),
        },
        "emotion": emotion(settings),
        "real": real(settings),
    }
    OUT.write_text(json.dumps(fixtures) + "\n")
    print(OUT, OUT.stat().st_size, "bytes;", len(fixtures["detection"]["faces"]), "faces decoded")


if __name__ == "__main__":
    main()
