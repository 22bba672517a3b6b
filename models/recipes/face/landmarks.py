"""Where FER+ crops have their eyes, nose and mouth: the template that the app's faces are warped to.

    python landmarks.py   ->  .work/face_points.npz (points [n, 5, 2] in crop pixels, score [n]) and the template
"""

import numpy as np
from PIL import Image

from ferplus import WORK, load_pictures
from yunet import detect, open_session

SCALE, MARGIN = 2, 32
SIDE = 48 * SCALE + 2 * MARGIN


def padded(picture: np.ndarray) -> np.ndarray:
    large = np.asarray(Image.fromarray(picture).resize((48 * SCALE, 48 * SCALE), Image.BICUBIC), np.float32)
    canvas = np.full((SIDE, SIDE), 127, np.float32)
    canvas[MARGIN:-MARGIN, MARGIN:-MARGIN] = large
    return canvas


def main() -> None:
    pictures = load_pictures()
    session = open_session(threads=2)
    points = np.full((len(pictures), 5, 2), np.nan, np.float32)
    scores = np.zeros(len(pictures), np.float32)
    for start in range(0, len(pictures), 64):
        batch = np.stack([padded(p) for p in pictures[start : start + 64]])
        batch = np.repeat(batch[:, None], 3, 1)
        for i, faces in enumerate(detect(session, batch, minimum=0.5)):
            if len(faces):
                # Of several boxes the one nearest the middle is the face that was cropped.
                middle = faces[:, 1:3] + faces[:, 3:5] / 2
                best = faces[np.abs(middle - SIDE / 2).sum(1).argmin()]
                points[start + i] = (best[5:].reshape(5, 2) - MARGIN + 0.5) / SCALE - 0.5
                scores[start + i] = best[0]
    template = np.median(points[scores > 0.8], axis=0)
    # Faces look left as often as right: the template is made symmetric.
    flipped = template[[1, 0, 2, 4, 3]] * [-1, 1] + [47, 0]
    template = (template + flipped) / 2
    np.savez(WORK / "face_points.npz", points=points, scores=scores, template=template)
    print(f"found {np.mean(scores > 0):.4f} of {len(scores)}; template {np.round(template, 2).tolist()}")
    print("spread", np.nanstd(points[scores > 0.8], axis=0).round(2).tolist())


if __name__ == "__main__":
    main()
