"""Writes the dev and own test parts, and talk from MELD, as rows for `attune predict text`, with their labels in a second file.

    python models/recipes/text/rows.py --shared ../shared/data --work models/recipes/.work
    npm run attune -- predict text --input models/recipes/.work/text_rows.jsonl --output models/recipes/.work/text_predicted.jsonl
    python models/recipes/text/evaluate.py --work models/recipes/.work
"""

import argparse
import json
import random
from pathlib import Path

from data import CATEGORIES, like_a_recogniser, read_emobank, read_goemotions, read_meld, text_folder

args = argparse.ArgumentParser()
args.add_argument('--shared', type=Path, required=True)
args.add_argument('--text', type=Path, help='text.tar.xz already unpacked')
args.add_argument('--work', type=Path, required=True)
o = args.parse_args()
o.work.mkdir(parents=True, exist_ok=True)

folder = text_folder(o.shared, o.text)
go, labels = read_goemotions(folder / 'goemotions')
bank = read_emobank(folder / 'emobank')
rng = random.Random(7)
with open(o.work / 'text_rows.jsonl', 'w') as rows, open(o.work / 'text_labels.jsonl', 'w') as truth:

    def write(row_id: str, text: str, known: dict[str, object]) -> None:
        rows.write(json.dumps({'id': row_id, 'text': text}, ensure_ascii=False) + '\n')
        truth.write(json.dumps({'id': row_id, **known}) + '\n')

    for part in ('dev', 'test'):
        for i, text in enumerate(go[part].texts):
            share = go[part].category[i]
            known = {
                'part': part,
                'fine': [labels[k] for k in go[part].fine[i].nonzero()[0]],
                # Rows whose raters agree on one category; the others count only for the fine labels.
                'category': CATEGORIES[int(share.argmax())] if share.max() == 1 else None,
            }
            write(f'go-{part}-{i}', text, {'corpus': 'goemotions', **known})
            write(f'spoken-{part}-{i}', like_a_recogniser(text, rng), {'corpus': 'goemotions-spoken', **known})
        for i, text in enumerate(bank[part].texts):
            vad = [round(float(x), 4) for x in bank[part].vad[i]]
            write(f'bank-{part}-{i}', text, {'corpus': 'emobank', 'part': part, 'vad': vad})

    # Every fifth utterance of MELD's train part is enough to fit one weight; its dev part then tests it.
    for part, step in (('train', 5), ('dev', 1)):
        for i, (text, category) in enumerate(read_meld(folder / 'meld', part)[::step]):
            write(f'meld-{part}-{i}', text, {'corpus': 'meld', 'part': part, 'category': category})
