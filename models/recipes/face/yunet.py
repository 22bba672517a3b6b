"""Reference use of YuNet (libfacedetection): what the TypeScript decoder is checked against."""

import numpy as np
import onnxruntime

from ferplus import DATA

STRIDES = (8, 16, 32)
MODEL = DATA / "weights" / "yunet" / "yunet_n_dynamic.onnx"


def open_session(path=MODEL, threads: int = 1) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options)


def decode(outputs: dict[str, np.ndarray], width: int, height: int, minimum: float):
    """One picture's outputs -> rows [score, x, y, w, h, 5 x (x, y)] in input pixels, before suppression."""
    rows = []
    for stride in STRIDES:
        columns, lines = width // stride, height // stride
        ys, xs = np.divmod(np.arange(columns * lines), columns)
        score = np.sqrt(np.clip(outputs[f"cls_{stride}"][:, 0], 0, 1) * np.clip(outputs[f"obj_{stride}"][:, 0], 0, 1))
        box, points = outputs[f"bbox_{stride}"], outputs[f"kps_{stride}"]
        w, h = np.exp(box[:, 2]) * stride, np.exp(box[:, 3]) * stride
        x, y = (box[:, 0] + xs) * stride - w / 2, (box[:, 1] + ys) * stride - h / 2
        grid = np.stack([xs, ys], 1)
        landmarks = ((points.reshape(-1, 5, 2) + grid[:, None]) * stride).reshape(-1, 10)
        table = np.concatenate([np.stack([score, x, y, w, h], 1), landmarks], 1)
        rows.append(table[score >= minimum])
    return np.concatenate(rows)


def suppress(rows: np.ndarray, overlap: float) -> np.ndarray:
    """Greedy non-maximum suppression by intersection over union, best score first."""
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    kept: list[np.ndarray] = []
    for row in rows:
        clear = True
        for other in kept:
            left, top = max(row[1], other[1]), max(row[2], other[2])
            right, bottom = min(row[1] + row[3], other[1] + other[3]), min(row[2] + row[4], other[2] + other[4])
            shared = max(right - left, 0) * max(bottom - top, 0)
            if shared / (row[3] * row[4] + other[3] * other[4] - shared) > overlap:
                clear = False
                break
        if clear:
            kept.append(row)
    return np.array(kept).reshape(-1, 15)


def detect(session, pictures: np.ndarray, minimum=0.6, overlap=0.3) -> list[np.ndarray]:
    """BGR float [n, 3, h, w] with h and w multiples of 32 -> one table of faces a picture."""
    names = [o.name for o in session.get_outputs()]
    values = session.run(names, {"input": pictures})
    height, width = pictures.shape[2:]
    found = []
    for i in range(len(pictures)):
        outputs = {name: value[i] for name, value in zip(names, values)}
        found.append(suppress(decode(outputs, width, height, minimum), overlap))
    return found
