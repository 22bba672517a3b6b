"""What nets say to whole crops, and how right it is on dev."""

import torch
from torch import nn
from torch.nn import functional as F

from crops import Crops


@torch.no_grad()
def predict(nets: list[nn.Module], pictures: torch.Tensor, mirrored: bool = False) -> torch.Tensor:
    """Mean logits [n, 8] of the votes' head, in float32."""
    out = []
    for part in pictures.split(512):
        crops = part.float()
        views = [crops, crops.flip(3)] if mirrored else [crops]
        out.append(sum(net.eval()(view)[0] for net in nets for view in views) / (len(nets) * len(views)))
    return torch.cat(out)


def measures(logits: torch.Tensor, majority: torch.Tensor, votes: torch.Tensor) -> dict[str, float]:
    right = (logits.argmax(1) == majority).float()
    recalls = [right[majority == k].mean() for k in range(votes.shape[1])]
    return {
        "accuracy": round(right.mean().item(), 4),
        "uar": round(torch.stack(recalls).mean().item(), 4),
        "cross_entropy": round(-(votes * F.log_softmax(logits, 1)).sum(1).mean().item(), 4),
    }


def on_dev(nets: list[nn.Module], crops: Crops, mirrored: bool = False) -> dict[str, float]:
    dev = crops.dev
    return measures(predict(nets, crops.pictures[dev], mirrored), crops.majority[dev], crops.votes[dev])
