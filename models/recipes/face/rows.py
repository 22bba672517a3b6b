"""Pictures and labels as flat files for logits.ts: .work/face_rows.json (also each label's share of the training votes),
face_ferplus.u8 (grey), face_diffusionfer.u8 (rgb)."""

import csv
import json

import numpy as np
from PIL import Image

from dimensions import SHEET_ORDER
from ferplus import DATA, FINE, WORK, load_pictures, load_votes, splits, vote_distributions


def main() -> None:
    table = load_votes()
    targets, weights, majority = vote_distributions(table["votes"])
    parts = splits(table, majority)
    shares = (targets * weights[:, None])[parts["train"]].sum(0)
    pictures = load_pictures()
    chosen = np.concatenate([parts["dev"], parts["test"]])
    ferplus = [
        {
            "id": str(table["name"][row]).removesuffix(".png"),
            "part": "dev" if i < len(parts["dev"]) else "test",
            "label": FINE[majority[row]],
        }
        for i, row in enumerate(chosen)
    ]
    (WORK / "face_ferplus.u8").write_bytes(pictures[chosen].tobytes())

    root = DATA / "diffusionfer"
    synthetic, pixels = [], []
    with open(root / "DiffusionFER" / "DiffusionEmotion_S" / "dataset_sheet.csv", newline="") as file:
        for row in csv.DictReader(file):
            # The pictures were stored again as JPEG; the sheet still names them .png.
            path = (root / row["subDirectory_filePath"]).with_suffix(".jpg")
            pixels.append(np.asarray(Image.open(path).convert("RGB").resize((128, 128))))
            label = SHEET_ORDER[int(row["expression"])]
            synthetic.append(
                {"id": path.stem, "label": label, "valence": float(row["valence"]), "arousal": float(row["arousal"])}
            )
    (WORK / "face_diffusionfer.u8").write_bytes(np.stack(pixels).tobytes())
    rows = {"shares": (shares / shares.sum()).round(5).tolist(), "ferplus": ferplus, "diffusionfer": synthetic}
    (WORK / "face_rows.json").write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
