"""Prints the card's figures from what `attune predict text` wrote (see rows.py), and writes text_oof.jsonl for the fusion recipe."""

import argparse
import json
from pathlib import Path

import numpy as np

from data import CATEGORIES, DIMENSIONS
from metrics import best_threshold, calibration_error, concordance, macro_f1

args = argparse.ArgumentParser()
args.add_argument('--work', type=Path, required=True)
o = args.parse_args()


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in open(o.work / name)]


predicted = {r['id']: r for r in lines('text_predicted.jsonl')}
truth = lines('text_labels.jsonl')
assert all(t['id'] in predicted and 'error' not in predicted[t['id']] for t in truth), 'a row is missing or failed'
fine_labels = list(predicted[truth[0]['id']]['fine'])


def one_hot(rows: list[dict], labels: list[str], key) -> np.ndarray:
    return np.array([[label in key(r) for label in labels] for r in rows], dtype=np.float32)


for corpus in ('goemotions', 'goemotions-spoken'):
    for part in ('dev', 'test'):
        rows = [t for t in truth if t['corpus'] == corpus and t['part'] == part]
        guesses = [predicted[t['id']] for t in rows]
        fine = one_hot(rows, fine_labels, lambda r: r['fine'])
        scores = np.array([list(g['fine'].values()) for g in guesses])
        single = [i for i, t in enumerate(rows) if t['category']]
        true = np.array([CATEGORIES.index(rows[i]['category']) for i in single])
        share = np.array([[guesses[i]['probabilities'][c] for c in CATEGORIES] for i in single])
        guess = share.argmax(1)
        recalls = [(guess[true == c] == c).mean() for c in range(7)]
        figures = {
            'rows': len(rows),
            'macro F1, 28 labels, threshold of the manifest': macro_f1(fine, one_hot(guesses, fine_labels, lambda g: g['labels'])),
            'macro F1, 28 labels, best single threshold here': best_threshold(fine, scores)[1],
            'accuracy, 7 categories': float((guess == true).mean()),
            'macro F1, 7 categories': macro_f1(np.eye(7)[true], np.eye(7)[guess]),
            'mean recall, 7 categories': float(np.mean(recalls)),
            'ECE, 15 bins': calibration_error(guess == true, share.max(1)),
            'recall by category': {c: round(float(r), 3) for c, r in zip(CATEGORIES, recalls)},
        }
        print(corpus, part, json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}))

for part in ('dev', 'test'):
    rows = [t for t in truth if t['corpus'] == 'emobank' and t['part'] == part]
    for d, name in enumerate(DIMENSIONS):
        seen = np.array([t['vad'][d] for t in rows])
        mean = np.array([predicted[t['id']]['vad'][name]['mean'] for t in rows])
        sd = np.array([predicted[t['id']]['vad'][name]['sd'] for t in rows])
        figures = {
            'rows': len(rows),
            'r': float(np.corrcoef(seen, mean)[0, 1]),
            'CCC': concordance(seen, mean),
            'RMSE': float(np.sqrt(((seen - mean) ** 2).mean())),
            'error in sds': float(np.sqrt((((seen - mean) / sd) ** 2).mean())),
            'within one sd': float((np.abs(seen - mean) <= sd).mean()),
        }
        print('emobank', part, name, json.dumps({k: round(v, 4) for k, v in figures.items()}))

for part in ('train', 'dev'):
    rows = [t for t in truth if t['corpus'] == 'meld' and t['part'] == part]
    true = np.array([CATEGORIES.index(t['category']) for t in rows])
    share = np.array([[predicted[t['id']]['probabilities'][c] for c in CATEGORIES] for t in rows])
    guess = share.argmax(1)
    figures = {
        'rows': len(rows),
        'accuracy': float((guess == true).mean()),
        'macro F1, 7 categories': macro_f1(np.eye(7)[true], np.eye(7)[guess]),
        'cross entropy, nats': float(-np.log(share[np.arange(len(true)), true] + 1e-12).mean()),
        'ECE, 15 bins': calibration_error(guess == true, share.max(1)),
    }
    print('meld', part, '(not trained on)', json.dumps({k: round(v, 4) for k, v in figures.items()}))

# The fusion meets talk and not Reddit: its text weight is fitted on talk.
with open(o.work / 'text_oof.jsonl', 'w') as file:
    for t in truth:
        if t['corpus'] != 'meld':
            continue
        p = predicted[t['id']]
        row = {
            'id': t['id'],
            'part': 'dev' if t['part'] == 'train' else 'test',
            'label': t['category'],
            'probabilities': [p['probabilities'][c] for c in CATEGORIES],
            'dimensions': p['vad'],
            'quality': p['quality'],
        }
        file.write(json.dumps(row) + '\n')
