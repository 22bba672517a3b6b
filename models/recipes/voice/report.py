"""Step 4 of the voice recipe: calibrates, prints the card's figures, writes models/weights/voice-emotion and the rows for the fusion.

python models/recipes/voice/report.py     (needs the models of train_sequence.py and fit.py)
"""
import json
import os

import export
import figures
import record
from calibrate import calibrate, probabilities
from corpus import CATEGORIES, WORK, Clips
from fit import load, splits
from predict import answer_all


def write_predictions(clips, within, across, calibration):
    """Probabilities as shipped: speakers left out (alone, and against their own baseline), and corpora left out."""
    for source, mode, name in ((within, "alone", "voice_oof"), (within, "balanced", "voice_oof_baseline"), (across, "alone", "voice_unseen")):
        answers = source[mode]
        p = probabilities(answers, calibration, figures.kind_of(mode))
        with open(os.path.join(WORK, "..", name + ".jsonl"), "w") as file:
            for i, q in zip(answers.rows, p):
                line = {"id": str(clips.id[i]), "speaker": str(clips.speaker[i]), "label": CATEGORIES[clips.category[i]],
                        "probabilities": [round(float(v), 6) for v in q]}
                file.write(json.dumps(line) + "\n")


def main():
    clips = Clips(["plain"])
    rows = splits(clips)
    models = {name: load(name, clips) for name in rows}
    within, across, held = answer_all(models, clips, rows)
    calibration = calibrate(clips, within, across)
    export.write(models["shipped"], clips, calibration)
    record.write(clips, within, across, calibration)
    write_predictions(clips, within, across, calibration)
    sources = {"speakers left out": within, "corpus left out": across}
    figures.accuracy_table(clips, sources | {"shipped weights, actors 17-20": held}, calibration)
    figures.confidence_table(clips, sources, calibration)
    figures.strange_table(clips, within, across)
    figures.gender_table(clips, within, calibration)
    figures.baseline_curves(clips, models, rows, within["alone"], calibration)


if __name__ == "__main__":
    main()
