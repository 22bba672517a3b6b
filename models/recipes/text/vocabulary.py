"""The Chinese model's vocabulary: every Chinese character of the corpora, and the English word pieces that occur among them.

Word vectors of English pieces come from the English model; a character starts from the English words that stand across from
it in aligned sentences, weighted by positive pointwise mutual information.
"""

import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from tokenizers import Tokenizer

SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
ENGLISH_PIECES = 8000


def build(english: Path, english_texts: list[str], chinese_texts: list[str], out: Path) -> list[int]:
    """Writes the tokenizer and returns, for each of its ids, the id in the English vocabulary, or -1."""
    data = json.loads(english.read_text(encoding='utf-8'))
    old = data['model']['vocab']
    tokenizer = Tokenizer.from_file(str(english))
    pieces = Counter(t for e in tokenizer.encode_batch(english_texts, add_special_tokens=False) for t in e.tokens)
    pieces.update(t for e in tokenizer.encode_batch(chinese_texts, add_special_tokens=False) for t in e.tokens)
    letters = [t for t in old if len(t.removeprefix('##')) == 1 and t not in SPECIAL]
    frequent = [t for t, _ in pieces.most_common(ENGLISH_PIECES) if t not in SPECIAL]
    characters = Counter(c for text in chinese_texts for c in text if '\u3000' <= c <= '\u9fff' or '\uff00' <= c <= '\uffef')
    seen = [c for c, n in characters.most_common() if n >= 2]
    tokens = list(dict.fromkeys([*SPECIAL, *letters, *frequent, *seen]))
    data['model']['vocab'] = {t: i for i, t in enumerate(tokens)}
    for added in data['added_tokens']:
        added['id'] = tokens.index(added['content'])
    for name, special in data['post_processor']['special_tokens'].items():
        special['ids'] = [tokens.index(name)]
    out.write_text(json.dumps(data, ensure_ascii=False), encoding='utf-8')
    return [old.get(t, -1) for t in tokens]


def word_vectors(origin: list[int], english: np.ndarray, chinese_ids: list[list[int]], english_ids: list[list[int]]) -> np.ndarray:
    """(tokens, 384): as the docstring above says; a character without a partner gets the mean vector and a little noise."""
    table = np.zeros((len(origin), english.shape[1]), dtype=np.float32)
    known = np.array(origin) >= 0
    table[known] = english[np.array(origin)[known]]
    left, right = presence(chinese_ids, len(origin)), presence(english_ids, len(english))
    together = (left.T @ right).tocoo()
    rows = len(chinese_ids)
    expected = np.asarray(left.sum(0)).ravel()[together.row] * np.asarray(right.sum(0)).ravel()[together.col] / rows
    score = np.maximum(0, np.log(together.data / expected)) * np.sqrt(together.data) * (together.data >= 2)
    weights = sparse.csr_matrix((score**2, (together.row, together.col)), shape=together.shape)
    total = np.asarray(weights.sum(1)).ravel()
    fresh = ~known & (total > 0)
    table[fresh] = (weights[fresh] @ english) / total[fresh, None]
    # Means of vectors are shorter than vectors are; the length matters to the first normalisation.
    length = np.linalg.norm(english, axis=1).mean()
    table[fresh] *= length / np.maximum(np.linalg.norm(table[fresh], axis=1, keepdims=True), 1e-6)
    lost = ~known & ~fresh
    table[lost] = english.mean(0) + np.random.default_rng(3).normal(0, english.std(), (lost.sum(), english.shape[1]))
    return table


def presence(rows: list[list[int]], columns: int) -> sparse.csr_matrix:
    pairs = [(r, i) for r, ids in enumerate(rows) for i in set(ids)]
    at = np.array(pairs).T
    return sparse.csr_matrix((np.ones(len(pairs), dtype=np.float32), (at[0], at[1])), shape=(len(rows), columns))
