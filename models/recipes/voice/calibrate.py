"""From outputs to probabilities: how the heads share, temperature, neutral's factor and doubt, in known and in strange surroundings."""
import numpy as np
from scipy.optimize import minimize, minimize_scalar

from classifier import CLASSES, softmax
from corpus import CATEGORY_OF_FINE, CIRCUMPLEX

ALONE, OWN = slice(0, CLASSES), slice(CLASSES + 2, 2 * CLASSES + 2)
AFFECT = {"alone": slice(CLASSES, CLASSES + 2), "own": slice(2 * CLASSES + 2, 2 * CLASSES + 4)}
# The positions are those of acted categories: no reading of them is surer than this.
LEAST_SD = .1
STEEPEST = 10
# How far the strange corpora's losses are drawn towards the worst of them: 0 is their mean, infinity the worst alone.
PESSIMISM = 16
NAMES = ["alone", "own", "neutralFactor", "doubt"]


def balance(category, corpus):
    """Weights that make every class of every corpus count alike."""
    _, index, counts = np.unique([f"{a}{b}" for a, b in zip(corpus, category)], return_inverse=True, return_counts=True)
    return 1 / counts[index] / len(counts)


def sure(out, opinion):
    """Fine probabilities before doubt."""
    return softmax(opinion["alone"] * out[:, ALONE] + opinion["own"] * out[:, OWN])


def categories_of(fine, factor):
    """Seven categories; neutral, calm and boredom count with `factor`, as three classes make one category."""
    q = fine * np.where(CATEGORY_OF_FINE == 0, factor, 1)
    p = np.stack([q[:, CATEGORY_OF_FINE == c].sum(1) for c in range(7)], 1)
    return p / p.sum(1, keepdims=True)


def doubted(p, doubt):
    return (1 - doubt) * p + doubt / p.shape[1]


def familiarity(strangeness, calibration):
    return 1 / (1 + np.exp(calibration["slope"] * (np.log(strangeness + 1e-9) - calibration["middle"])))


def blended(out, known, mixing, of="category"):
    """[n, 7] (or [n, 9] with of="fine"): the answers for known and for strange surroundings, shared by `known` [n, 1]."""
    total = 0
    for share, name in ((known, "known"), (1 - known, "strange")):
        opinion = mixing[name]
        fine = sure(out, opinion)
        p = categories_of(fine, opinion["neutralFactor"]) if of == "category" else fine
        total = total + share * doubted(p, opinion["doubt"])
    return total


def probabilities(answers, calibration, kind, of="category"):
    """As models/voice/read.ts gives for clips of full quality; kind is alone or baseline."""
    known = familiarity(answers.strangeness, calibration["familiarity"][kind])[:, None]
    return blended(answers.out, known, calibration[kind], of)


def thinned(answers, clips):
    """Every third nEMO row is enough to fit eight numbers."""
    return answers.of((clips.corpus[answers.rows] != "nemo") | (answers.rows % 3 == 0))


def fit_mixing(known, strange, clips, gate):
    """Maximum likelihood of the true category, corpora weighing alike; then the doubt of strange surroundings once more, for the strange corpora
    that are read worst, since the next one may be like them. How familiar a clip is, is not told but measured."""
    parts = [(thinned(a, clips), g) for g, group in enumerate((known, strange)) for a in group]
    groups = np.concatenate([np.full(len(a.rows), g) for a, g in parts])
    out, strangeness, rows = [np.concatenate([getattr(a, key) for a, _ in parts]) for key in ("out", "strangeness", "rows")]
    truth, corpus = clips.category[rows], clips.corpus[rows]
    known_weights, strange_weights = [one_corpus_weights(truth, corpus, groups == g) for g in (0, 1)]
    share = familiarity(strangeness, gate)[:, None]

    def mixing_of(x):
        return {name: dict(zip(NAMES, [*np.exp(y[:3]), 1 / (1 + np.exp(-y[3]))])) for name, y in (("known", x[:4]), ("strange", x[4:]))}

    def nats_of(x):
        return -np.log(blended(out, share, mixing_of(x))[np.arange(len(truth)), truth] + 1e-9)

    def loss(x):
        nats = nats_of(x)
        return ((known_weights @ nats).mean() + (strange_weights @ nats).mean()) / 2 + 1e-4 * ((x[:2] ** 2).sum() + (x[4:6] ** 2).sum())

    start = [*np.log([.4, .3, .5]), -4, *np.log([.2, .15, .35]), -3]
    best = minimize(loss, start, method="L-BFGS-B", bounds=[(-7, 2)] * 3 + [(-7, 0)] + [(-7, 2)] * 3 + [(-7, 0)], options={"maxiter": 30}).x
    worst = lambda doubt: smooth_max(strange_weights @ nats_of(np.append(best[:-1], doubt)))
    best[-1] = minimize_scalar(worst, bounds=(-7, 1), method="bounded").x
    return {name: {key: round(float(value), 6) for key, value in opinion.items()} for name, opinion in mixing_of(best).items()}


def smooth_max(losses):
    return np.log(np.exp(PESSIMISM * losses).mean()) / PESSIMISM


def one_corpus_weights(truth, corpus, mine):
    """[corpora, n] for each corpus among `mine` weights that sum to one, classes alike."""
    weights = [np.zeros(len(truth)) for _ in np.unique(corpus[mine])]
    for weight, name in zip(weights, np.unique(corpus[mine])):
        same = mine & (corpus == name)
        weight[same] = balance(truth[same], corpus[same])
    return np.stack([weight / weight.sum() for weight in weights])


def fit_familiarity(known, strange, clips):
    """Logistic regression of known against strange on the logarithm of the strangeness, for the strange corpora that are hardest to tell."""
    rows, strangeness = [np.concatenate([getattr(a, key) for group in (known, strange) for a in group]) for key in ("rows", "strangeness")]
    is_known = np.concatenate([np.full(len(a.rows), group is known) for group in (known, strange) for a in group])
    known_weights, strange_weights = [one_corpus_weights(clips.category[rows], clips.corpus[rows], mine) for mine in (is_known, ~is_known)]
    x = np.log(strangeness + 1e-9)
    # Three corpora are few to be sure by: a cap on the slope keeps some doubt in sets whose means lie well apart.
    slope_of = lambda p: STEEPEST / (1 + np.exp(-p[1]))

    def loss(p):
        nats = np.logaddexp(0, np.where(is_known, 1, -1) * slope_of(p) * (x - p[0]))
        return (known_weights @ nats).mean() + smooth_max(strange_weights @ nats)

    best = minimize(loss, [np.median(x), 0], method="Nelder-Mead").x
    return {"middle": round(float(best[0]), 6), "slope": round(float(slope_of(best)), 6)}


def calibrate(clips, within, across):
    found = {"familiarity": {}}
    for kind, modes in (("alone", ["alone"]), ("baseline", ["balanced", "one-sided"])):
        known, strange = [[source[mode] for mode in modes] for source in (within, across)]
        found["familiarity"][kind] = fit_familiarity(known, strange, clips)
        found[kind] = fit_mixing(known, strange, clips, found["familiarity"][kind])
    found["sd"] = fit_sd(clips, within["alone"], across["alone"], found)
    return found


def affect(answers, calibration, kind):
    """[n, 2] regressed valence and arousal: both heads', shared as the logits of known surroundings are."""
    known = calibration[kind]["known"]
    own = known["own"] / (known["own"] + known["alone"])
    return own * answers.out[:, AFFECT["own"]] + (1 - own) * answers.out[:, AFFECT["alone"]]


def fit_sd(clips, known, strange, calibration):
    """Standard deviation of valence and arousal when the class is known, and the factor on the spread between classes."""
    error2, spread = [], []
    for answers in (known, strange):
        mean, fine = affect(answers, calibration, "alone"), probabilities(answers, calibration, "alone", "fine")
        error2.append((mean - clips.proxy[answers.rows]) ** 2)
        spread.append((fine[:, :, None] * (CIRCUMPLEX[None] - mean[:, None]) ** 2).sum(1))
    error2, spread = np.concatenate(error2), np.concatenate(spread)

    def loss(x):
        variance = LEAST_SD ** 2 + np.exp(x[:2])[None] + np.exp(x[2]) * spread
        return (np.log(variance) + error2 / variance).mean()

    x = minimize(loss, [-2, -2, -1], method="Nelder-Mead", options={"maxiter": 200}).x
    valence, arousal = np.sqrt(LEAST_SD ** 2 + np.exp(x[:2]))
    return {"valence": round(float(valence), 4), "arousal": round(float(arousal), 4), "spread": round(float(np.exp(x[2])), 4)}
