"""Trains the face net on FER+ vote distributions, from version 1.0's weights. Run landmarks.py and start.py first.

    OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE nice -n 5 python train.py
        ->  .work/face_net.pt, .work/face_train.log; resumes where it stopped

One thread, float32: without AVX-512 bfloat16 convolutions are ten times slower, and a second thread spins at barriers.
"""

import copy
import json
import time

import numpy as np
import torch
from torch.nn import functional as F

from augment import alignments, augment
from ferplus import MEANT, WORK, load_pictures, load_votes, meant_distributions, splits, vote_distributions
from network import FaceNet

SEED, ROUNDS, STEPS, BATCH, RATE, DECAY, EMA = 11, 18, 400, 64, 0.025, 5e-4, 0.998
WARM_STEPS, FALL_FROM = 200, 0.3
#: The stem and the first blocks stay as they are: they see edges and take half of the time.
FROZEN_BLOCKS = 2
BALANCE = 0.35
#: How much of a target is version 1.0's opinion (Furlanello et al. 2018), and how much the second head counts.
TEACHER, MEANT_WEIGHT = 0.25, 0.3


def sampling_weights(targets: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Rows of rare classes are drawn more often, by (class share) ** -BALANCE; rows with masked votes less."""
    share = (targets * weights[:, None]).sum(0) / weights.sum()
    return weights * (targets @ share**-BALANCE)


def predict(net: FaceNet, pictures: torch.Tensor) -> np.ndarray:
    net.eval()
    with torch.inference_mode():
        return np.concatenate([net(part.float())[0].numpy() for part in pictures.split(256)])


def learning_rate(step: int, total: int) -> float:
    """Rises, stays, and falls in a straight line to 1 % from FALL_FROM of the way on."""
    rise = min(1, (step + 1) / WARM_STEPS)
    fall = min(1, max(0.01, (1 - step / total) / (1 - FALL_FROM)))
    return RATE * rise * fall


def freeze(net: FaceNet) -> torch.nn.Module:
    """What keeps its weights; its normalisations must stay in evaluation, too."""
    frozen = torch.nn.ModuleList([net.stem, *net.body[:FROZEN_BLOCKS]])
    return frozen.requires_grad_(False)


def cross_entropy(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return -(target * F.log_softmax(logits, 1)).sum(1).mean()


def main() -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    random = torch.Generator().manual_seed(SEED)
    table = load_votes()
    targets, weights, majority = vote_distributions(table["votes"])
    parts = splits(table, majority)
    train = parts["train"][weights[parts["train"]] > 0]
    found = np.load(WORK / "face_points.npz")
    align = torch.from_numpy(alignments(found["points"], found["scores"], found["template"]))
    pictures = torch.from_numpy(load_pictures().copy())[:, None]
    chance = torch.from_numpy(sampling_weights(targets[train], weights[train]))
    teacher = F.softmax(torch.from_numpy(np.load(WORK / "face_teacher.npy")), 1)
    rows, target = torch.from_numpy(train), (1 - TEACHER) * torch.from_numpy(targets) + TEACHER * teacher
    meant = torch.from_numpy(meant_distributions(table["fer2013_label"]))
    assert meant.shape[1] == len(MEANT)

    net = FaceNet().to(memory_format=torch.channels_last)
    net.load_state_dict(torch.load(WORK / "face_start.pt"))
    mean = copy.deepcopy(net)
    frozen = freeze(net)
    learning = [p for p in net.parameters() if p.requires_grad]
    decayed, plain = [p for p in learning if p.ndim > 1], [p for p in learning if p.ndim <= 1]
    optimiser = torch.optim.SGD(
        [{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0}], RATE, 0.9, nesterov=True
    )
    first = 0
    checkpoint = WORK / "face_checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        for key, part in (("net", net), ("mean", mean), ("optimiser", optimiser)):
            part.load_state_dict(state[key])
        random.set_state(state["random"])
        first = state["round"] + 1
    log = open(WORK / "face_train.log", "a")
    log.write(json.dumps({"train": len(train), "dev": len(parts["dev"]), "test": len(parts["test"])}) + "\n")
    for turn in range(first, ROUNDS):
        start, total = time.time(), 0.0
        net.train()
        frozen.eval()
        order = rows[torch.multinomial(chance, STEPS * BATCH, replacement=True, generator=random)]
        for step, batch in enumerate(order.split(BATCH)):
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(turn * STEPS + step, ROUNDS * STEPS)
            crops = augment(pictures[batch].float(), align[batch], random).contiguous(memory_format=torch.channels_last)
            votes, words = net(crops)
            loss = cross_entropy(votes, target[batch]) + MEANT_WEIGHT * cross_entropy(words, meant[batch])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            total += loss.item()
            momentum = min(EMA, (1 + turn * STEPS + step) / (10 + turn * STEPS + step))
            with torch.no_grad():
                for kept, value in zip(mean.state_dict().values(), net.state_dict().values()):
                    if kept.is_floating_point():
                        kept.lerp_(value, 1 - momentum)
                    else:
                        kept.copy_(value)
            if step % 100 == 0:
                log.write(json.dumps({"round": turn, "step": step, "loss": loss.item(), "s": time.time() - start, "cpu_s": time.process_time()}) + "\n")
                log.flush()
        state = {"net": net.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict()}
        torch.save({**state, "random": random.get_state(), "round": turn}, checkpoint)
        if turn % 3 < 2:
            continue
        dev = parts["dev"]
        guess = predict(mean, pictures[dev])
        right = guess.argmax(1) == majority[dev]
        entry = {
            "round": turn,
            "loss": total / STEPS,
            "dev_accuracy": float(right.mean()),
            "dev_recall": float(np.mean([right[majority[dev] == k].mean() for k in range(8)])),
            "dev_cross_entropy": float(-(targets[dev] * F.log_softmax(torch.from_numpy(guess), 1).numpy()).sum(1).mean()),
            "seconds": time.time() - start,
        }
        log.write(json.dumps(entry) + "\n")
        log.flush()
    torch.save(mean.state_dict(), WORK / "face_net.pt")


if __name__ == "__main__":
    main()
