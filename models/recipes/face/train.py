"""Trains the face net on FER+ vote distributions. Run landmarks.py first.

    OMP_NUM_THREADS=1 nice -n 19 python train.py   ->  .work/face_net.pt, .work/face_train.log, resumes where it stopped

One thread on purpose: bf16 convolutions of oneDNN spin at barriers and crawl when a second thread is descheduled.
"""

import copy
import json
import math
import time

import numpy as np
import torch
from torch.nn import functional as F

from augment import alignments, augment
from ferplus import WORK, load_pictures, load_votes, splits, vote_distributions
from network import FaceNet

SEED, EPOCHS, BATCH, RATE, DECAY, EMA = 7, 19, 128, 0.08, 5e-4, 0.998
# The rate falls as for 24 epochs at first, then faster: on a busy machine the training had to end sooner.
FIRST_HORIZON, SOONER_FROM = 24, 14
BALANCE = 0.25


def sampling_weights(targets: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Rows of rare classes are drawn more often, by (class share) ** -0.25; rows with masked votes less."""
    share = (targets * weights[:, None]).sum(0) / weights.sum()
    return weights * (targets @ share**-BALANCE)


def predict(net: torch.nn.Module, pictures: torch.Tensor) -> np.ndarray:
    net.eval()
    with torch.inference_mode():
        return np.concatenate([net(part.float()).numpy() for part in pictures.split(256)])


def learning_rate(step: int, total: int, warm: int) -> float:
    if step < warm:
        return RATE * (step + 1) / warm
    return RATE * (0.5 + 0.5 * math.cos(math.pi * (step - warm) / (total - warm))) + 1e-5


def main() -> None:
    torch.manual_seed(SEED)
    random = torch.Generator().manual_seed(SEED)
    table = load_votes()
    targets, weights, majority = vote_distributions(table["votes"])
    parts = splits(table, majority)
    train = parts["train"][weights[parts["train"]] > 0]
    found = np.load(WORK / "face_points.npz")
    align = torch.from_numpy(alignments(found["points"], found["scores"], found["template"]))
    pictures = torch.from_numpy(load_pictures().copy())[:, None]
    chance = torch.from_numpy(sampling_weights(targets[train], weights[train]))
    rows, target = torch.from_numpy(train), torch.from_numpy(targets)

    net = FaceNet().to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    decayed = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.SGD(
        [{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0}], RATE, 0.9, nesterov=True
    )
    steps = len(train) // BATCH
    first = 0
    checkpoint = WORK / "face_checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        for key, part in (("net", net), ("mean", mean), ("optimiser", optimiser)):
            part.load_state_dict(state[key])
        random.set_state(state["random"])
        first = state["epoch"] + 1
    log = open(WORK / "face_train.log", "a")
    log.write(json.dumps({"train": len(train), "dev": len(parts["dev"]), "test": len(parts["test"])}) + "\n")
    for epoch in range(first, EPOCHS):
        start, total = time.time(), 0.0
        net.train()
        order = rows[torch.multinomial(chance, steps * BATCH, replacement=True, generator=random)]
        for step, batch in enumerate(order.split(BATCH)):
            x = augment(pictures[batch].float(), align[batch], random).contiguous(memory_format=torch.channels_last)
            for group in optimiser.param_groups:
                horizon = EPOCHS if epoch >= SOONER_FROM else FIRST_HORIZON
                group["lr"] = learning_rate(epoch * steps + step, horizon * steps, steps)
            with torch.autocast("cpu", torch.bfloat16):
                logits = net(x)
            loss = -(target[batch] * F.log_softmax(logits.float(), 1)).sum(1).mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            total += loss.item()
            momentum = min(EMA, (1 + epoch * steps + step) / (10 + epoch * steps + step))
            with torch.no_grad():
                for kept, value in zip(mean.state_dict().values(), net.state_dict().values()):
                    if kept.is_floating_point():
                        kept.lerp_(value, 1 - momentum)
                    else:
                        kept.copy_(value)
            if step % 50 == 0:
                log.write(json.dumps({"epoch": epoch, "step": step, "loss": loss.item(), "s": time.time() - start}) + "\n")
                log.flush()
        dev = parts["dev"]
        guess = predict(mean, pictures[dev])
        entry = {
            "epoch": epoch,
            "loss": total / steps,
            "dev_accuracy": float((guess.argmax(1) == majority[dev]).mean()),
            "dev_cross_entropy": float(-(targets[dev] * F.log_softmax(torch.from_numpy(guess), 1).numpy()).sum(1).mean()),
            "seconds": time.time() - start,
        }
        log.write(json.dumps(entry) + "\n")
        log.flush()
        state = {"net": net.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "random": random.get_state(), "epoch": epoch}, checkpoint)
    torch.save(mean.state_dict(), WORK / "face_net.pt")


if __name__ == "__main__":
    main()
