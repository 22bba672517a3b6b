"""The figures of the card, as rows of Markdown tables."""
import numpy as np

from calibrate import affect, fit_familiarity, fit_mixing, probabilities
from corpus import CORPORA
from measures import accuracy_at, ccc, ece, interval, uar
from predict import MODES, Answers, lopsided, together

SPOKEN = {"ravdess": "RAVDESS", "emodb": "EmoDB", "nemo": "nEMO"}
READ = {"alone": "alone", "balanced": "own voice, balanced", "one-sided": "own voice, one-sided"}


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def kind_of(mode):
    return "alone" if mode == "alone" else "baseline"


def accuracy_table(clips, sources, calibration):
    """test, corpus, how read, UAR of the fine classes and of the categories, n, ECE."""
    for title, source in sources.items():
        for corpus in CORPORA:
            for mode in MODES:
                answers = source[mode].of(clips.corpus[source[mode].rows] == corpus)
                if len(answers.rows) == 0:
                    continue
                p, fine = [probabilities(answers, calibration, kind_of(mode), of) for of in ("category", "fine")]
                truth, speaker = clips.category[answers.rows], clips.speaker[answers.rows]
                row(title, SPOKEN[corpus], READ[mode], interval(clips.fine[answers.rows], fine.argmax(1), speaker),
                    interval(truth, p.argmax(1), speaker), len(truth), f"{ece(p, truth):.3f}")


def confidence_table(clips, sources, calibration):
    """test, how read, mean confidence, accuracy, ECE, accuracy of the surest 80 %, CCC of valence and arousal; all corpora."""
    for title, source in sources.items():
        for mode in MODES:
            answers = source[mode]
            p, truth = probabilities(answers, calibration, kind_of(mode)), clips.category[answers.rows]
            regressed = affect(answers, calibration, kind_of(mode))
            row(title, READ[mode], f"{p.max(1).mean():.3f}", f"{(p.argmax(1) == truth).mean():.3f}", f"{ece(p, truth):.3f}",
                f"{accuracy_at(p, truth, .8):.3f}", *[f"{ccc(regressed[:, k], clips.proxy[answers.rows, k]):.2f}" for k in range(2)])


def strange_table(clips, within, across):
    """corpus, confidence, accuracy and ECE of its clips alone, where calibration saw none of them either."""
    for corpus in CORPORA:
        known, strange = [found["alone"].of(clips.corpus[found["alone"].rows] != corpus) for found in (within, across)]
        gate = fit_familiarity([known], [strange], clips)
        found = {"alone": fit_mixing([known], [strange], clips, gate), "familiarity": {"alone": gate}}
        answers = across["alone"].of(clips.corpus[across["alone"].rows] == corpus)
        p, truth = probabilities(answers, found, "alone"), clips.category[answers.rows]
        row(SPOKEN[corpus], f"{p.max(1).mean():.3f}", f"{(p.argmax(1) == truth).mean():.3f}", f"{ece(p, truth):.3f}")


def gender_table(clips, within, calibration):
    for corpus in CORPORA:
        for gender in ("f", "m"):
            cells = []
            for mode in ("alone", "balanced"):
                rows = within[mode].rows
                answers = within[mode].of((clips.corpus[rows] == corpus) & (clips.gender[rows] == gender))
                p = probabilities(answers, calibration, kind_of(mode))
                cells.append(f"{uar(clips.category[answers.rows], p.argmax(1)):.3f}")
            row(SPOKEN[corpus], gender, len(np.unique(clips.speaker[answers.rows])), *cells, len(answers.rows))


def baseline_curves(clips, models, splits, alone, calibration):
    """UAR of the categories, speakers left out, against lopsidedness (30 clips a set), and against seconds of balanced speech."""
    shares = [.14, .5, .8, 1]
    sizes = [4, 8, 15, 40]
    rng = np.random.default_rng(0)
    parts = {("share", s): [] for s in shares} | {("size", n): [] for n in sizes}
    for name, train in splits.items():
        if not name.startswith("fold"):
            continue
        rows = np.where(~train)[0]
        model, E = models[name], dict(zip(rows, models[name].embed(clips, rows)))
        for speaker in np.unique(clips.speaker[rows]):
            mine = rows[clips.speaker[rows] == speaker]
            for share in shares:
                parts["share", share] += [together(model, E, part) for part in lopsided(mine, clips.category, share, rng)]
            for size in sizes:
                drawn = rng.permutation(mine)
                parts["size", size] += [together(model, E, drawn[k * size : (k + 1) * size]) for k in range(min(3, len(mine) // size))]
    for (what, value), found in parts.items():
        answers = Answers(found)
        cells = []
        for corpus in CORPORA:
            own = answers.of(clips.corpus[answers.rows] == corpus)
            truth = clips.category[own.rows]
            seconds = clips.seconds[own.rows].mean() * value if what == "size" else None
            both = [uar(truth, probabilities(found_by, calibration, kind).argmax(1)) for kind, found_by in (("alone", alone.at(own.rows)), ("baseline", own))]
            cells.append(f"{both[0]:.3f} -> {both[1]:.3f}" + (f" ({seconds:.0f} s)" if seconds else ""))
        row(what, value, *cells)
