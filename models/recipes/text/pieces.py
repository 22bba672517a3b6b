"""The pieces of a large multilingual vocabulary that Chinese texts need, as a tokenizer of their own (Unigram; Kudo 2018)."""

import json
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer

from e5 import PreTrained

# XLM-R's names for what the app's tokenizer knows under BERT's.
SPECIAL = {'[PAD]': '<pad>', '[UNK]': '<unk>', '[CLS]': '<s>', '[SEP]': '</s>'}
#: A Chinese piece that fewer texts hold than this is read by its characters; of English the frequent ones are kept.
RARE, ENGLISH_PIECES = 6, 1500


def whole(e5: PreTrained, out: Path) -> Tokenizer:
    """All pieces of `e5`, in their order but for the special ones, which come first."""
    names = set(SPECIAL.values())
    write([i for i, piece in enumerate(e5.pieces) if piece not in names], e5, out)
    return Tokenizer.from_file(str(out))


def cut(e5: PreTrained, chinese: list[str], english: list[str], out: Path) -> list[int]:
    """Writes the tokenizer and returns, for each of its ids, the place among e5's pieces."""
    tokenizer = whole(e5, out)
    place = {piece: i for i, piece in enumerate(e5.pieces)}
    counted = [Counter(t for e in tokenizer.encode_batch(texts, add_special_tokens=False) for t in set(e.tokens)) for texts in (chinese, english)]
    frequent = [t for t, n in counted[0].items() if n >= RARE] + [t for t, _ in counted[1].most_common(ENGLISH_PIECES)]
    single = [t for t in e5.pieces if len(t) == 1 and (t.isascii() or '\u3000' <= t <= '\u9fff' or '\uff00' <= t <= '\uffef')]
    kept = {place[t] for t in [*frequent, *single, '▁'] if t in place and t not in SPECIAL.values()}
    return write(sorted(kept), e5, out)


def write(kept: list[int], e5: PreTrained, out: Path) -> list[int]:
    origin = [e5.special[name] for name in SPECIAL.values()] + kept
    vocabulary = [[name, 0.0] for name in SPECIAL] + [[e5.pieces[i], float(e5.scores[i])] for i in kept]
    data = {
        'version': '1.0',
        'truncation': None,
        'padding': None,
        'added_tokens': [
            {'id': i, 'content': name, 'single_word': False, 'lstrip': False, 'rstrip': False, 'normalized': False, 'special': True}
            for i, name in enumerate(SPECIAL)
        ],
        'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'NFKC'}, {'type': 'Replace', 'pattern': {'Regex': ' {2,}'}, 'content': ' '}]},
        'pre_tokenizer': {'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'always', 'split': True},
        'post_processor': None,
        'decoder': {'type': 'Metaspace', 'replacement': '▁', 'prepend_scheme': 'always', 'split': True},
        'model': {'type': 'Unigram', 'unk_id': 1, 'vocab': vocabulary, 'byte_fallback': False},
    }
    out.write_text(json.dumps(data, ensure_ascii=False), encoding='utf-8')
    return origin
