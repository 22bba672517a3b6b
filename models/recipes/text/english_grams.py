"""The layer on word runs of the English model: every head's own linear reading of them.

    python models/recipes/text/english_grams.py --text <unpacked text.tar.xz> --out <out of english.py>   ->  grams.pt

Logistic regressions for labels, categories and talk, ridge regressions for dimensions and intensity (scikit-learn), each on
the rows of its own corpus. Prints what each says alone on the dev parts; export_english.py mixes them with the encoder.
"""

import argparse
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
import torch
from sklearn.linear_model import LogisticRegression, Ridge

from data import read_emobank, read_goemotions
from english_figures import r
from grams import BUCKETS, Grams, frequency_weights, grams, outputs_of
from metrics import best_threshold, sigmoid, weighted_f1
from talk import read_meld_talk, read_xdaily
from tweets import RATED, read_intensity

KIND = 'words'
FINE, CATEGORIES = 28, 7
# XDailyDialog has four times MELD's utterances, nine in ten of them neutral.
XDAILY_WEIGHT = 0.1


def features(rows: list[list[int]], frequency: np.ndarray) -> sparse.csr_matrix:
    """(rows, BUCKETS): frequency weights, scaled to length 1; as Grams computes them."""
    at = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
    start = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    found = sparse.csr_matrix((frequency[at], at, start), shape=(len(rows), BUCKETS))
    length = np.sqrt(np.maximum(1, np.asarray(found.multiply(found).sum(1))[:, 0]))
    return (sparse.diags(1 / length) @ found).tocsr()


def several(model, x, y, weights) -> tuple[np.ndarray, np.ndarray]:
    """(BUCKETS, classes) weights and (classes,) biases of one distribution."""
    model.fit(x, y, sample_weight=weights)
    return model.coef_.T, model.intercept_


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--labels', type=float, default=3.0, help='inverse strength of the penalty, of labels and categories')
    args.add_argument('--talk', type=float, default=3.0)
    args.add_argument('--ridge', type=float, default=3.0)
    o = args.parse_args()
    (go, _), bank = read_goemotions(o.text / 'goemotions'), read_emobank(o.text / 'emobank')
    meld, daily = read_meld_talk(o.text / 'meld'), read_xdaily(o.text / 'dailydialog_xdaily', 'En')
    intensity = read_intensity(o.text / 'semeval2018_task1')
    said = meld['train'] + daily['train']
    corpora = {'go': go['train'].texts, 'bank': bank['train'].texts, 'talk': [u.text for u in said], 'tweets': intensity['train'].texts}
    rows = {name: [grams(t, KIND) for t in texts] for name, texts in corpora.items()}
    frequency = frequency_weights([row for part in rows.values() for row in part])
    x = {name: features(part, frequency) for name, part in rows.items()}

    weights, biases = np.zeros((BUCKETS, FINE + 2 * CATEGORIES), np.float32), np.zeros(FINE + 2 * CATEGORIES, np.float32)
    for k in range(FINE):
        fitted = LogisticRegression(C=o.labels, solver='liblinear', random_state=0).fit(x['go'], go['train'].fine[:, k])
        weights[:, k], biases[k] = fitted.coef_[0], fitted.intercept_[0]
    # A text with several categories counts for each by its share.
    row, category = np.nonzero(go['train'].category)
    many = LogisticRegression(C=o.labels, max_iter=200)
    weights[:, FINE : FINE + CATEGORIES], biases[FINE : FINE + CATEGORIES] = several(many, x['go'][row], category, go['train'].category[row, category])
    counts = np.where(np.arange(len(said)) < len(meld['train']), 1.0, XDAILY_WEIGHT)
    many = LogisticRegression(C=o.talk, max_iter=200)
    weights[:, FINE + CATEGORIES :], biases[FINE + CATEGORIES :] = several(many, x['talk'], np.array([u.category for u in said]), counts)

    rated, ratings = np.zeros((BUCKETS, 3 + len(RATED)), np.float32), np.zeros(3 + len(RATED), np.float32)
    line = Ridge(alpha=o.ridge, solver='sag', random_state=0).fit(x['bank'], bank['train'].vad)
    rated[:, :3], ratings[:3] = line.coef_.T, line.intercept_
    for c in range(len(RATED)):
        known = ~np.isnan(intensity['train'].values[:, c])
        line = Ridge(alpha=o.ridge, solver='sag', random_state=0).fit(x['tweets'][known], intensity['train'].values[known, c])
        rated[:, 3 + c], ratings[3 + c] = line.coef_, line.intercept_

    net = Grams([weights.shape[1], rated.shape[1]])
    net.fill(frequency, 0, weights, biases)
    net.fill(frequency, 1, rated, ratings)
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), o.out / 'grams.pt')

    fine = outputs_of(net, go['dev'].texts, KIND)[0][:, :FINE]
    turns = outputs_of(net, [u.text for u in meld['dev']], KIND)[0][:, FINE + CATEGORIES :]
    vad, strength = outputs_of(net, bank['dev'].texts, KIND)[1], outputs_of(net, intensity['dev'].texts, KIND)[1]
    known = ~np.isnan(intensity['dev'].values)
    print('dev macro-F1 28', round(best_threshold(go['dev'].fine, sigmoid(fine))[1], 4),
          'MELD weighted F1', round(weighted_f1(np.array([u.category for u in meld['dev']]), turns.argmax(1)), 4),
          'EmoBank r', [round(r(vad[:, d], bank['dev'].vad[:, d]), 3) for d in range(3)],
          'intensity r', [round(r(strength[known[:, c], 3 + c], intensity['dev'].values[known[:, c], c]), 3) for c in range(len(RATED))])


if __name__ == '__main__':
    main()
