"""Step 2 of the voice recipe: trains the reading of a clip's course for every split of fit.py (needs torch).

python models/recipes/voice/train_sequence.py [NAME…]     writes models/recipes/.work/voice/sequence-<name>.npz, every plain clip's logits, and
sequence-<name>.pt; goes on where it stopped. About eight minutes a split and core.
"""
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from classifier import lowered, sample_weights
from corpus import CORPORA, WIDTH, WORK, Clips
from fit import splits
from sequence import SequenceNet

EPOCHS, BATCH, RATE, HEAD_RATE, WARM = 3, 24, 2e-4, 1e-3, 60
SMOOTHING, MEMORY, MOST_FRAMES = .1, .98, 420
# How often an epoch draws from a corpus, in multiples of its clips. Every second draw is an augmented copy, where there is one.
DRAWS = {"ravdess": 2, "emodb": 3, "nemo": .5}
COPIED = .5
COPIES = ["augmented1", "augmented2"]


class Frames:
    """The course of each clip in a variant: [frames, 288] by id."""

    def __init__(self, variant):
        self.held, self.place = {}, {}
        for corpus in CORPORA:
            name = os.path.join(WORK, f"{variant}-{corpus}")
            if not os.path.exists(f"{name}.course.f32"):
                continue
            # Half precision is enough, and half of the memory.
            self.held[corpus] = np.fromfile(f"{name}.course.f32", np.float32).astype(np.float16).reshape(-1, WIDTH)
            at = 0
            for line in open(f"{name}.jsonl"):
                row = json.loads(line)
                self.place[row["id"]] = (corpus, at, row["frames"])
                at += row["frames"]

    def of(self, clip):
        corpus, at, count = self.place[clip]
        return self.held[corpus][at : at + min(count, MOST_FRAMES)]


def disturbed(frames, rng):
    """A part of the clip, with up to two short gaps."""
    if len(frames) > 30 and rng.random() < .5:
        count = int(len(frames) * rng.uniform(.7, 1))
        start = rng.integers(0, len(frames) - count + 1)
        frames = frames[start : start + count]
    frames = np.array(frames, np.float32)
    for _ in range(2):
        count = rng.integers(0, max(1, len(frames) // 8) + 1)
        start = rng.integers(0, len(frames) - count + 1)
        frames[start : start + count] = 0
    return frames


def padded(clips):
    width = max(len(frames) for frames in clips)
    x, mask = torch.zeros(len(clips), width, WIDTH), torch.zeros(len(clips), width, dtype=torch.bool)
    for k, frames in enumerate(clips):
        x[k, : len(frames)] = torch.from_numpy(np.asarray(frames, np.float32))
        mask[k, : len(frames)] = True
    return x, mask


def logits_of(net, courses):
    """[n, 9]"""
    net.eval()
    found, order = np.zeros((len(courses), 9), np.float32), np.argsort([len(frames) for frames in courses])
    with torch.no_grad():
        for part in np.array_split(order, -(-len(order) // 64)):
            found[part] = net(*padded([courses[i] for i in part])).numpy()
    return found


def train(clips, rows, plain, copies, log):
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    part = clips.part(rows)
    chance = sample_weights(part)
    for corpus, times in DRAWS.items():
        mine = part["corpus"] == corpus
        chance[mine] *= times * mine.sum() / max(1e-9, chance[mine].sum())
    a_batch = int(chance.sum() // BATCH)
    chance /= chance.sum()
    added, truth = torch.from_numpy(lowered(part)), torch.from_numpy(part["fine"]).long()
    net = SequenceNet()
    body = list(net.layers.parameters())
    head = [p for name, p in net.named_parameters() if not name.startswith("layers")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=.02)
    steps = a_batch * EPOCHS
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / WARM) * max(.02, 1 - s / steps))
    averaged = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(MEMORY), use_buffers=True)
    for epoch in range(EPOCHS):
        net.train()
        losses, started = [], time.time()
        drawn = rng.choice(len(rows), a_batch * BATCH, p=chance)
        courses = [course(clips.id[rows[i]], plain, copies, rng) for i in drawn]
        order = np.argsort([len(frames) + rng.integers(0, 40) for frames in courses])
        for batch in rng.permutation(order.reshape(-1, BATCH)):
            mine = drawn[batch]
            logits = net(*padded([disturbed(courses[k], rng) for k in batch])) + added[mine]
            loss = F.cross_entropy(logits, truth[mine], label_smoothing=SMOOTHING)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            averaged.update_parameters(net)
            losses.append(loss.item())
        print(log, epoch + 1, f"loss {np.mean(losses):.3f} {time.time() - started:.0f} s", flush=True)
    return averaged.module


def course(clip, plain, copies, rng):
    there = [variant for variant in copies if clip in variant.place]
    if not there or rng.random() >= COPIED:
        return plain.of(clip)
    return there[rng.integers(len(there))].of(clip)


def main():
    torch.set_num_threads(1)
    clips, plain, copies = Clips(["plain"]), Frames("plain"), [Frames(variant) for variant in COPIES]
    for name, seen in splits(clips).items():
        target = os.path.join(WORK, f"sequence-{name}")
        if os.path.exists(f"{target}.npz") or (sys.argv[1:] and name not in sys.argv[1:]):
            continue
        net = train(clips, np.where(seen)[0], plain, copies, name)
        torch.save(net.state_dict(), f"{target}.pt")
        np.savez(f"{target}.npz", id=clips.id, logits=logits_of(net, [plain.of(clip) for clip in clips.id]))


if __name__ == "__main__":
    main()
