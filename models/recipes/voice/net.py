"""The discriminative half of the head: a small ensemble of one-hidden-layer nets on the latent vector."""
import numpy as np
import torch
from torch import nn

from corpus import CATEGORY_OF_FINE, CORPORA

MEMBERS, HIDDEN, EPOCHS, BATCH = 8, 192, 40, 256


class Net(nn.Module):
    """MEMBERS nets side by side: latent [n, D] -> fine logits [n, 9] (averaged), (valence, arousal) means [n, 2]."""

    def __init__(self, D, classes=9):
        super().__init__()
        self.inner = nn.Linear(D, MEMBERS * HIDDEN)
        self.outer = nn.Parameter(torch.randn(MEMBERS, HIDDEN, classes + 2) * HIDDEN ** -.5)
        self.bias = nn.Parameter(torch.zeros(MEMBERS, 1, classes + 2))
        self.drop_in, self.drop = nn.Dropout(.3), nn.Dropout(.5)

    def members(self, Z):
        H = self.drop(nn.functional.gelu(self.inner(self.drop_in(Z))))
        H = H.view(-1, MEMBERS, HIDDEN).transpose(0, 1)
        return torch.bmm(H, self.outer) + self.bias

    def forward(self, Z):
        out = self.members(Z).mean(0)
        return out[:, :9], torch.tanh(out[:, 9:])


def train(Z, clips, b, scale, seed=0, roam=.3, epochs=EPOCHS):
    """Trains on latent vectors Z of `clips`; each sample's speaker is moved by a random offset (a share `roam` of B)."""
    torch.manual_seed(seed)
    torch.set_num_threads(2)
    present = torch.zeros(len(CORPORA), 9)
    for k, corpus in enumerate(CORPORA):
        present[k, np.unique(clips["fine"][clips["corpus"] == corpus])] = 1
    group = torch.tensor([CORPORA.index(c) for c in clips["corpus"]])
    absent = (1 - present) * -1e4
    fine = torch.tensor(clips["fine"])
    proxy = torch.tensor(clips["proxy"], dtype=torch.float32)
    weight = sample_weights(clips)
    Z = torch.tensor(Z / scale, dtype=torch.float32)
    roaming = torch.tensor(np.sqrt(roam * b) / scale, dtype=torch.float32)
    net = Net(Z.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=.05)
    steps = epochs * (len(Z) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, steps)
    for _ in range(epochs):
        for part in torch.randperm(len(Z)).split(BATCH):
            moved = Z[part] + roaming * torch.randn(len(part), len(roaming))
            out = net.members(moved)
            logits = out[..., :9] + absent[group[part]]
            loss = nn.functional.cross_entropy(logits.reshape(-1, 9), fine[part].repeat(MEMBERS), label_smoothing=0, reduction="none")
            far = ((torch.tanh(out[..., 9:]) - proxy[part]) ** 2).sum(-1).reshape(-1)
            total = ((loss + 2 * far) * weight[part].repeat(MEMBERS)).mean()
            optimiser.zero_grad()
            total.backward()
            optimiser.step()
            schedule.step() if schedule.last_epoch < steps - 1 else None
    return net.eval()


def sample_weights(clips):
    """Classes of a corpus weigh alike, and a corpus weighs as the square root of its size."""
    weight = np.zeros(len(clips["fine"]))
    for corpus in np.unique(clips["corpus"]):
        mine = clips["corpus"] == corpus
        for c in np.unique(clips["fine"][mine]):
            same = mine & (clips["fine"] == c)
            weight[same] = np.sqrt(mine.sum()) / len(np.unique(clips["fine"][mine])) / same.sum()
    return torch.tensor(weight / weight.mean(), dtype=torch.float32)
