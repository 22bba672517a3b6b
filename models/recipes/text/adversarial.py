"""Adversarial training: a batch is read again with its word vectors moved where that raises the loss most."""

import torch


class Nudge:
    """FGM of Miyato, Dai and Goodfellow 2017 ("Adversarial training methods for semi-supervised text classification"): r = size * g / |g|,
    with g the gradient of the loss by a text's word vectors, |g| over the whole text. The table itself takes no gradient while one is attached."""

    def __init__(self, words: torch.nn.Embedding, size: float):
        self.size, self.seen, self.move = size, None, None
        words.register_forward_hook(self.around)

    def around(self, _module, _inputs, vectors: torch.Tensor) -> torch.Tensor:
        if self.move is not None:
            return vectors + self.move
        self.seen = vectors.detach().requires_grad_(True)
        return self.seen

    def loss(self, read) -> torch.Tensor:
        """`read()` gives the batch's loss and was backpropagated once already; gives the loss of the moved batch."""
        gradient = self.seen.grad
        length = gradient.flatten(1).norm(dim=1).clamp(min=1e-12)[:, None, None]
        self.move = self.size * gradient / length
        value = read()
        self.move = None
        return value
