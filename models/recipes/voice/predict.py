"""What the models say of the clips that they never saw: each clip alone, and sets of one speaker's clips read together."""
import numpy as np

from corpus import CORPORA

MODES = ["alone", "balanced", "one-sided"]


def one_sided(index, category, rng):
    """For each emotion of a speaker: all its clips and a quarter as many of others (four fifths are one emotion)."""
    for c in np.unique(category[index]):
        mine, others = index[category[index] == c], index[category[index] != c]
        yield np.concatenate([mine, rng.permutation(others)[: max(2, len(mine) // 4)]])


def lopsided(index, category, share, rng, count=30):
    """For each emotion of a speaker: `count` clips (fewer where there are no more), of which `share` are of that emotion."""
    for c in np.unique(category[index]):
        mine, others = rng.permutation(index[category[index] == c]), rng.permutation(index[category[index] != c])
        size = min(count, int(len(mine) / share), int(len(others) / (1 - share)) if share < 1 else count)
        many = max(1, round(share * size))
        yield np.concatenate([mine[:many], others[: size - many]])


def sets_of(clips, rows, mode, rng):
    for speaker in np.unique(clips.speaker[rows]):
        mine = rows[clips.speaker[rows] == speaker]
        yield from [mine] if mode == "balanced" else one_sided(mine, clips.category, rng)


class Answers:
    """Rows of clips, the models' outputs for them, and the mean strangeness of the set that each was read in."""

    def __init__(self, parts):
        self.rows = np.concatenate([rows for rows, _, _ in parts])
        self.out = np.concatenate([out for _, out, _ in parts])
        self.strangeness = np.concatenate([strangeness for _, _, strangeness in parts])

    def of(self, keep):
        return Answers([(self.rows[keep], self.out[keep], self.strangeness[keep])])

    def at(self, rows):
        """The answers for these clips, which occur once here."""
        place = dict(zip(self.rows, range(len(self.rows))))
        return self.of(np.array([place[row] for row in rows]))


def answer(model, clips, rows):
    """{mode: Answers} of the given rows."""
    found, E = {}, dict(zip(rows, model.embed(clips, rows)))
    out = model.read_alone(np.stack(list(E.values())))
    found["alone"] = [(rows, out, out[:, -1])]
    for mode in MODES[1:]:
        found[mode] = [together(model, E, part) for part in sets_of(clips, rows, mode, np.random.default_rng(0))]
    return found


def together(model, E, part):
    out = model.read_together(np.stack([E[i] for i in part]))
    return part, out, np.full(len(part), out[:, -1].mean())


def collect(founds):
    return {mode: Answers([part for found in founds for part in found[mode]]) for mode in MODES}


def answer_all(models, clips, splits):
    """(within, across, held): speakers left out, corpora left out, and the speakers that the shipped weights never saw."""
    each = {name: answer(models[name], clips, np.where(~train)[0]) for name, train in splits.items()}
    within = collect([each[f"fold-{k}"] for k in range(5)])
    across = collect([each[f"without-{corpus}"] for corpus in CORPORA])
    return within, across, collect([each["shipped"]])
