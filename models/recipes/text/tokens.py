"""Texts, with what was said before them, as rows of token ids."""

import torch
from tokenizers import Tokenizer

MAX_TOKENS = 128
# Of what was said before, the nearest this many tokens are read: more cost time and gained nothing on MELD's dev part.
CONTEXT_TOKENS = 48


class Rows:
    """Encodes batches; (text, context oldest first) -> ids, mask, target, as models/text/tokenizer.ts does."""

    def __init__(self, tokenizer: Tokenizer, max_tokens: int = MAX_TOKENS):
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.tokenizer, self.max_tokens = tokenizer, max_tokens
        self.start, self.end = tokenizer.encode('').ids or map(tokenizer.token_to_id, ('[CLS]', '[SEP]'))

    def inner(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def row(self, text: str, context: list[str]) -> tuple[list[int], int]:
        """(ids, number of the target's ids)"""
        ids = [self.start, *self.inner(text)[: self.max_tokens - 2], self.end]
        target = len(ids)
        room = min(CONTEXT_TOKENS, self.max_tokens - target)
        before: list[int] = []
        for earlier in reversed(context):
            if room - len(before) < 2:
                break
            piece = self.inner(earlier)[-(room - len(before) - 1) :]
            before = [*piece, self.end, *before]
        return ids + before, target

    def batch(self, rows: list[tuple[str, list[str]]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        encoded = [self.row(*r) for r in rows]
        width = max(len(ids) for ids, _ in encoded)
        ids, mask, target = (torch.zeros(len(rows), width, dtype=torch.int64) for _ in range(3))
        for k, (row, count) in enumerate(encoded):
            ids[k, : len(row)] = torch.tensor(row)
            mask[k, : len(row)] = 1
            target[k, :count] = 1
        return ids, mask, target

