"""Talk that the English model never learned from, for the fusion recipe: MELD's dev part to fit on; our own test part of MELD and
EmoryNLP's dev part to check on.

    python models/recipes/text/unseen.py rows --text <unpacked text.tar.xz> --work models/recipes/.work
    npm run attune -- predict text --input models/recipes/.work/text_rows.jsonl --output models/recipes/.work/text_predicted.jsonl
    python models/recipes/text/unseen.py together --work models/recipes/.work
"""

import argparse
import json
from pathlib import Path

from data import CATEGORIES
from talk import read_emory_dev, read_meld_talk


def write_rows(text: Path, work: Path) -> None:
    meld = read_meld_talk(text / 'meld')
    parts = [('dev', 'meld-dev', meld['dev']), ('test', 'meld-test', meld['test']), ('test', 'emory-dev', read_emory_dev(text / 'emorynlp'))]
    with open(work / 'text_rows.jsonl', 'w') as rows, open(work / 'text_labels.jsonl', 'w') as labels:
        for part, name, said in parts:
            for i, u in enumerate(said):
                rows.write(json.dumps({'id': f'{name}-{i}', 'text': u.text, 'context': u.context}, ensure_ascii=False) + '\n')
                labels.write(json.dumps({'id': f'{name}-{i}', 'part': part, 'label': CATEGORIES[u.category]}) + '\n')


def together(work: Path) -> None:
    predicted = {r['id']: r for r in map(json.loads, open(work / 'text_predicted.jsonl'))}
    with open(work / 'text_oof.jsonl', 'w') as file:
        for row in map(json.loads, open(work / 'text_labels.jsonl')):
            said = predicted[row['id']]
            values = {'probabilities': [said['probabilities'][c] for c in CATEGORIES], 'dimensions': said['vad'], 'quality': said['quality']}
            file.write(json.dumps({**row, **values}) + '\n')


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('step', choices=['rows', 'together'])
    args.add_argument('--text', type=Path)
    args.add_argument('--work', type=Path, required=True)
    o = args.parse_args()
    o.work.mkdir(parents=True, exist_ok=True)
    write_rows(o.text, o.work) if o.step == 'rows' else together(o.work)


if __name__ == '__main__':
    main()
