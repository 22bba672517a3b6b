"""Second step of the English model: all English tasks together, from the encoder that train.py fine-tuned on GoEmotions and EmoBank.

    python models/recipes/text/english.py --text <unpacked text.tar.xz> --start models/weights/text-emotion/model.onnx \\
        --base <all-MiniLM-L6-v2> --out a
    python models/recipes/text/english.py --text … --start a/english.pt --base … --out b --steps 800 --rate 5e-5 --memory 0.99 --seed 24 \\
        --shares '{"goemotions": 0.2, "emobank": 0.14, "valence": 0.02, "intensity": 0.12, "eleven": 0.02, "meld": 0.45, "xdaily": 0.05}'

The shipped weights: the first call, ended by hand after its 2,000th of 3,000 steps, then the second, which gives talk more.

`--start` is a checkpoint of train.py or of this script, or version 1.0's int8 graph, which the shipped run started from
(`git show f2b32a7:models/weights/text-emotion/model.onnx`; its checkpoint was not kept), or all-MiniLM-L6-v2's own
model.safetensors, to compare ways of training from the same bare start.
Writes <out>/english.pt (weights averaged over time), and a log with the dev figures.
"""

import argparse
import json
import random
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

from adversarial import Nudge
from data import like_a_recogniser, read_emobank, read_goemotions, with_typos
from encoder import EnglishNet
from english_figures import figures
from talk import read_emory_dev, read_meld_talk, read_xdaily
from tokens import Rows, batches_by_length
from tweets import read_eleven, read_intensity, read_valence
from warm import version_one

# Share of the batches that each task gets.
SHARES = {'goemotions': 0.28, 'emobank': 0.16, 'valence': 0.06, 'intensity': 0.16, 'eleven': 0.08, 'meld': 0.20, 'xdaily': 0.06}
BATCH = 32
SPOKEN, TYPOS, ALONE = 0.35, 0.12, 0.25


class Heads(torch.nn.Module):
    """What only training needs: the eleven emotions of tweets, and the line from our valence to the tweets' scale."""

    def __init__(self):
        super().__init__()
        self.eleven = torch.nn.Linear(384, 11)
        self.valence = torch.nn.Parameter(torch.tensor([0.5, 0.2]))


class Task:
    """An endless stream of batches of (text, context) and labels."""

    def __init__(self, texts, contexts, labels, rng, disturb=True):
        self.texts, self.contexts, self.labels, self.rng, self.disturb = texts, contexts, labels, rng, disturb
        self.lengths = [len(t) // 4 + min(12, sum(map(len, c)) // 4) for t, c in zip(texts, contexts)]
        self.waiting: list[list[int]] = []

    def next(self) -> tuple[list[tuple[str, list[str]]], torch.Tensor]:
        if not self.waiting:
            self.waiting = batches_by_length(self.lengths, BATCH, self.rng)
        rows = self.waiting.pop()
        return [(self.disturbed(self.texts[i]), self.context(i)) for i in rows], torch.tensor(np.array([self.labels[i] for i in rows]))

    def disturbed(self, text: str) -> str:
        if not self.disturb:
            return text
        if self.rng.random() < SPOKEN:
            text = like_a_recogniser(text, self.rng)
        return with_typos(text, 0.05, self.rng) if self.rng.random() < TYPOS else text

    def context(self, i: int) -> list[str]:
        return [] if self.rng.random() < ALONE else self.contexts[i]


def loss_of(task: str, out, heads: Heads, labels, rare, scale) -> torch.Tensor:
    if task == 'goemotions':
        fine, category = labels[:, :28], labels[:, 28:]
        binary = F.binary_cross_entropy_with_logits(out['fine_logits'], fine, pos_weight=rare, reduction='none').sum(1).mean()
        return binary - 0.5 * (category * F.log_softmax(out['category_logits'], -1)).sum(1).mean()
    if task == 'emobank':
        # Beta-NLL with beta 0.5 (Seitzer et al. 2022) in standard scores: the sd is learned without starving the mean.
        sd = out['vad_sd'] / scale
        nll = torch.log(sd) + 0.5 * ((out['vad_mean'] - labels) / scale / sd) ** 2
        return (nll * sd.detach()).sum(1).mean()
    if task == 'valence':
        z = (out['vad_mean'][:, 0] - out['vad_mean'].new_tensor(0.0)) / scale[0]
        return 8 * ((heads.valence[0] + heads.valence[1] * z - labels[:, 0]) ** 2).mean() / 0.05
    if task == 'intensity':
        known = ~torch.isnan(labels)
        return 4 * ((out['intensity'] - labels)[known] ** 2).mean() / 0.04
    if task == 'eleven':
        return 0.5 * F.binary_cross_entropy_with_logits(heads.eleven(out['pooled']), labels, reduction='none').sum(1).mean()
    return 1.5 * F.cross_entropy(out['talk_logits'], labels, label_smoothing=0.05)


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--start', type=Path, required=True)
    args.add_argument('--base', type=Path, required=True, help='all-MiniLM-L6-v2: model.safetensors and tokenizer.json')
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--steps', type=int, default=3000)
    args.add_argument('--rate', type=float, default=4e-5)
    args.add_argument('--shares', type=json.loads, default=SHARES, help='share of the batches that each task gets')
    args.add_argument('--memory', type=float, default=0.998, help='of the average of the weights over time, for every second step')
    args.add_argument('--adversarial', type=float, default=0.0, help='length of the step by which FGM moves a text (0: none)')
    args.add_argument('--undisturbed', action='store_true', help='no typos and no recogniser-like text, to measure what they bring')
    args.add_argument('--seed', type=int, default=22)
    args.add_argument('--threads', type=int, default=1)
    o = args.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)

    go, _ = read_goemotions(o.text / 'goemotions')
    bank = read_emobank(o.text / 'emobank')
    tweets = o.text / 'semeval2018_task1'
    valence, intensity, eleven = read_valence(tweets), read_intensity(tweets), read_eleven(tweets)
    meld, daily = read_meld_talk(o.text / 'meld'), read_xdaily(o.text / 'dailydialog_xdaily', 'En')
    scale = torch.tensor(bank['train'].vad.std(0))

    def single(texts, labels, rng) -> Task:
        return Task(texts, [[]] * len(texts), labels, rng, not o.undisturbed)

    def talk(utterances, rng) -> Task:
        columns = ([getattr(u, name) for u in utterances] for name in ('text', 'context', 'category'))
        return Task(*columns, rng, not o.undisturbed)

    tasks = {
        'goemotions': single(go['train'].texts, np.hstack([go['train'].fine, go['train'].category]), rng),
        'emobank': single(bank['train'].texts, bank['train'].vad, rng),
        'valence': single(valence['train'].texts, valence['train'].values, rng),
        'intensity': single(intensity['train'].texts, intensity['train'].values, rng),
        'eleven': single(eleven['train'].texts, eleven['train'].values, rng),
        'meld': talk(meld['train'], rng),
        'xdaily': talk(daily['train'], rng),
    }
    # Every third row of the large dev parts is enough to watch the run by.
    every = lambda part: replace(part, texts=part.texts[::3], fine=part.fine[::3], category=part.category[::3])
    dev = {'go': every(go['dev']), 'bank': bank['dev'], 'valence': valence['dev'], 'intensity': intensity['dev'], 'meld': meld['dev'],
           'emory': read_emory_dev(o.text / 'emorynlp'), 'daily': daily['dev'][::8]}

    model, heads = EnglishNet(bank['train'].vad.mean(0).tolist(), scale.tolist()), Heads()
    if o.start.suffix == '.safetensors':
        model.encoder.load_minilm(o.start)
    elif o.start.suffix == '.onnx':
        model.load_state_dict(version_one(o.start), strict=False)
        types = load_file(str(o.base / 'model.safetensors'))['embeddings.token_type_embeddings.weight']
        model.encoder.earlier.data.copy_(types[1] - types[0])
    else:
        saved = torch.load(o.start, map_location='cpu')
        model.load_state_dict(saved['state'])
        if 'heads' in saved:
            heads.load_state_dict(saved['heads'])
    rows = Rows(Tokenizer.from_file(str(o.base / 'tokenizer.json')))
    positive = torch.tensor(go['train'].fine.mean(0))
    rare = ((1 - positive) / positive) ** 0.25
    new = ('talk', 'intensity')
    # Word vectors and the two lowest layers stay as the first step left them: they cost a third of the time and change least.
    for frozen in (model.encoder.words, model.encoder.positions, model.encoder.norm, *model.encoder.layers[:2]):
        frozen.requires_grad_(False)
    model.encoder.earlier.requires_grad_(False)
    nudge = Nudge(model.encoder.words, o.adversarial) if o.adversarial > 0 else None
    slow = [p for n, p in model.named_parameters() if not n.startswith(new) and p.requires_grad]
    fast = [p for n, p in model.named_parameters() if n.startswith(new)] + list(heads.parameters())
    optimiser = torch.optim.AdamW([{'params': slow, 'lr': o.rate}, {'params': fast, 'lr': 10 * o.rate}], weight_decay=0.01, fused=True)
    warm = 40
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / warm) * max(0.02, (o.steps - s) / o.steps))
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(o.memory))
    log = open(o.out / 'english.log', 'a', buffering=1)
    print(json.dumps({k: str(v) for k, v in vars(o).items()} | {k: len(t.texts) for k, t in tasks.items()}), file=log)
    began, running = time.time(), {}
    for step in range(1, o.steps + 1):
        model.train()
        task = rng.choices(list(o.shares), list(o.shares.values()))[0]
        batch, labels = tasks[task].next()
        inputs = rows.batch(batch)
        read = lambda: loss_of(task, model(*inputs), heads, labels, rare, scale)
        value = read()
        value.backward()
        if nudge is not None:
            nudge.loss(read).backward()
        torch.nn.utils.clip_grad_norm_([*model.parameters(), *heads.parameters()], 5.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        if step % 2 == 0:
            averaged.update_parameters(model)
        running.setdefault(task, []).append(value.item())
        if step % 100 == 0:
            print(step, {t: round(float(np.mean(v)), 4) for t, v in sorted(running.items())}, f'{time.time() - began:.0f}s', file=log)
            running = {}
        if step % 1000 == 0 or step == o.steps:
            net = averaged.module
            found = figures(net, rows, dev)
            torch.save({'state': net.state_dict(), 'heads': heads.state_dict(), 'figures': found, 'step': step}, o.out / 'english.pt')
            print(json.dumps({'step': step, 'seconds': round(time.time() - began), **found}), file=log)


if __name__ == '__main__':
    main()
