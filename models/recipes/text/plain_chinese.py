"""Chinese texts of which only the words are read, for masked words: counselling talk, news, microblogs about the epidemic."""

import json
from pathlib import Path

from data import normalise


def read_plain(text: Path) -> list[str]:
    found = []
    for file in sorted((text / 'zh_smile_sample/data').glob('*.json')):
        found += [turn['content'] for turn in json.loads(file.read_text(encoding='utf-8'))]
    # One clause a line: number, emotion or null, its word, the words of the clause; a document begins with two short lines.
    for line in (text / 'zh_ecpe/all_data_pair.txt').read_text(encoding='utf-8').splitlines():
        fields = line.split(',', 3)
        if len(fields) == 4:
            found.append(fields[3].replace(' ', ''))
    for name in ('virus_train', 'virus_eval_labeled'):
        found += [row['content'] for row in json.loads((text / f'zh_smp2020_ewect/raw/{name}.txt').read_text(encoding='utf-8'))]
    return [t for t in dict.fromkeys(map(normalise, found)) if len(t) >= 4]
