"""The Chinese model: the English encoder learns Chinese from translations, then the Chinese tasks.

    python models/recipes/text/chinese.py --text <unpacked text.tar.xz> --english models/weights/text-emotion/model.onnx \\
        --tokenizer models/weights/text-emotion/tokenizer.json --out a --align-steps 1000 --steps 2200
    python models/recipes/text/chinese.py … --out b --resume a/chinese.pt --align-steps 0 --steps 700 --rate 1.5e-4 --memory 0.985 --seed 25 \\
        --shares '{"align": 0.05, "weibo": 0.65, "smp": 0.08, "xdaily": 0.08, "cped": 0.06, "reviews": 0.08}'
    python models/recipes/text/chinese.py … --out c --resume b/chinese.pt --align-steps 0 --steps 1400 --rate 1.2e-4 --memory 0.995 --seed 26 \\
        --shares '{"align": 0.03, "weibo": 0.66, "smp": 0.12, "xdaily": 0.07, "cped": 0.05, "reviews": 0.07}'

The shipped weights: these three calls, with version 1.0's graph as `--english`; the second and third give microblogs more.

First the student learns to give a Chinese sentence the vector that the English model gives its translation (Reimers and
Gurevych 2020, "Making monolingual sentence embeddings multilingual"), so that the English heads read it too. Then the
tasks join. `--start random|translations|whisper` compares where the characters' vectors come from; `--start masked` has
neither translations nor English weights, and begins by guessing hidden characters of all Chinese texts instead.
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import vocabulary
from chinese_figures import figures
from data import match_key, read_emobank
from encoder import ChineseNet, EnglishNet
from english_figures import alone, predict
from masked import MaskedWords, start_anew
from talk import read_cped, read_xdaily
from tokens import Rows, batches_by_length
from warm import version_one
from weibo import read_clue, read_microblogs, read_reviews, read_smp

# Share of the batches: while aligning, and afterwards.
ALIGNING = {'align': 0.9, 'weibo': 0.1}
MASKING = {'masked': 0.9, 'weibo': 0.1}
TASKS = {'align': 0.2, 'weibo': 0.44, 'smp': 0.06, 'xdaily': 0.1, 'cped': 0.08, 'reviews': 0.12}
SIZE = {'align': 48, 'masked': 48, 'weibo': 32, 'smp': 24, 'xdaily': 24, 'cped': 24, 'reviews': 32}
LONGEST = {'align': 48, 'masked': 48, 'weibo': 72, 'smp': 72, 'xdaily': 64, 'cped': 64, 'reviews': 64}


class Task:
    """An endless stream of the row numbers of batches of similar length."""

    def __init__(self, texts, contexts, labels, size, rng):
        self.texts, self.contexts, self.labels, self.size, self.rng = texts, contexts, labels, size, rng
        self.lengths = [len(t) + min(40, sum(map(len, c))) for t, c in zip(texts, contexts)]
        self.waiting: list[list[int]] = []

    def next(self):
        if not self.waiting:
            self.waiting = batches_by_length(self.lengths, self.size, self.rng)
        rows = self.waiting.pop()
        items = [(self.texts[i], [] if self.rng.random() < 0.25 else self.contexts[i]) for i in rows]
        return items, torch.tensor(np.array([self.labels[i] for i in rows]))


def set_loss(logits: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """-log of the probability of the set of classes that a label may mean."""
    return (torch.logsumexp(logits, -1) - torch.logsumexp(logits.masked_fill(allowed == 0, -1e4), -1)).mean()


def loss_of(task: str, out, labels, lines, scale, spread) -> torch.Tensor:
    if task == 'align':
        vector, vad = labels[:, :384], labels[:, 384:]
        return ((out['pooled'] - vector) ** 2).mean() / spread + 0.2 * (((out['vad_mean'] - vad) / scale) ** 2).mean()
    if task in ('weibo', 'smp', 'cped'):
        return set_loss(out['talk_logits' if task == 'cped' else 'weibo_logits'], labels)
    if task == 'xdaily':
        return F.cross_entropy(out['talk_logits'], labels, label_smoothing=0.05)
    z = out['vad_mean'][:, :2] / scale[:2]
    sd = out['vad_sd'][:, :2] / scale[:2]
    # The reviews' scale is wider than the English ratings'; a learned line lies between.
    error = (lines[0] + lines[1] * z - labels / 0.2) / lines[1].detach()
    return 0.5 * ((torch.log(sd) + 0.5 * (error / sd) ** 2) * sd.detach()).sum(1).mean()


def whisper_vectors(file: Path, tokens: list[str]) -> np.ndarray:
    """The token embeddings of whisper-base (MIT), averaged over a character's byte pieces."""
    import onnx
    from onnx import numpy_helper

    # The one table of codes with a column for each token, symmetric int8, and the one scale a token: names differ between exports.
    held = [numpy_helper.to_array(i) for i in onnx.load(str(file / 'onnx/decoder_model_merged_quantized.onnx')).graph.initializer]
    (codes,) = (table for table in held if table.dtype == np.int8 and table.ndim == 2 and max(table.shape) > 50_000)
    codes = codes if codes.shape[1] == 512 else codes.T
    (scale,) = (vector for vector in held if vector.dtype == np.float32 and vector.shape == (len(codes),))
    table = codes.astype(np.float32) * scale[:, None]
    tokenizer = Tokenizer.from_file(str(file / 'tokenizer.json'))
    return np.stack([table[tokenizer.encode(t.removeprefix('##'), add_special_tokens=False).ids or [220]].mean(0) for t in tokens])


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--english', type=Path, required=True)
    args.add_argument('--tokenizer', type=Path, required=True)
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--start', choices=['random', 'translations', 'whisper', 'masked'], default='translations')
    args.add_argument('--whisper', type=Path, help='folder of whisper-base, for --start whisper')
    args.add_argument('--align-steps', type=int, default=1600)
    args.add_argument('--steps', type=int, default=3400, help='all steps, those of the alignment included')
    args.add_argument('--rate', type=float, default=2e-4)
    args.add_argument('--resume', type=Path, help='a chinese.pt of this script to go on from; its vocabulary must be the same')
    args.add_argument('--shares', type=json.loads, default=TASKS, help='share of the batches after the alignment')
    args.add_argument('--memory', type=float, default=0.995, help='of the average of the weights over time, for every second step')
    args.add_argument('--seed', type=int, default=23)
    args.add_argument('--threads', type=int, default=1)
    o = args.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)

    english_talk, chinese_talk = (read_xdaily(o.text / 'dailydialog_xdaily', l) for l in ('En', 'Zh'))
    clue, smp = read_clue(o.text / 'zh_clueemotion2020'), read_smp(o.text / 'zh_smp2020_ewect')
    held = {match_key(t) for d in (clue, smp) for p in ('dev', 'test') for t in d[p].texts}
    blogs, reviews = read_microblogs(o.text / 'zh_nlpcc_weibo_spianmo', held), read_reviews(o.text / 'zh_en_dimabsa2026')
    cped = read_cped(o.text / 'zh_cped_partial' / 'test_split.csv')
    pairs = [(z.text, e.text) for z, e in zip(chinese_talk['train'], english_talk['train'])]
    texts = [z for z, _ in pairs] + blogs.texts + clue['train'].texts + smp['train'].texts + reviews['train'][0] + [u.text for u in cped['train']]

    origin = vocabulary.build(o.tokenizer, [e for _, e in pairs], texts, o.out / 'tokenizer.json')
    rows, english_rows = Rows(Tokenizer.from_file(str(o.out / 'tokenizer.json'))), Rows(Tokenizer.from_file(str(o.tokenizer)))
    bank = read_emobank(o.text / 'emobank')['train'].vad
    scale = torch.tensor(bank.std(0))
    teacher = EnglishNet(bank.mean(0).tolist(), scale.tolist())
    state = version_one(o.english) if o.english.suffix == '.onnx' else torch.load(o.english, map_location='cpu')['state']
    teacher.load_state_dict(state, strict=False)
    kept = o.out / f'teacher-{o.english.stem}.npy'
    if not kept.exists():
        said = predict(teacher, english_rows, alone([e for _, e in pairs]))
        np.save(kept, np.hstack([said['pooled'], said['vad_mean']]).astype(np.float32))
    targets = np.load(kept)
    spread = float(targets[:, :384].var(0).mean())

    model = ChineseNet(len(origin), bank.mean(0).tolist(), scale.tolist())
    model.load_state_dict({k: v for k, v in teacher.state_dict().items() if not k.startswith(('encoder.words', 'fine', 'category', 'intensity'))}, strict=False)
    english_table = teacher.encoder.words.weight.detach().numpy()
    if o.start == 'translations':
        table = vocabulary.word_vectors(origin, english_table, [rows.inner(z) for z, _ in pairs], [english_rows.inner(e) for _, e in pairs])
    else:
        table = english_table[np.maximum(origin, 0)].copy()
        new = np.array(origin) < 0
        table[new] = np.random.default_rng(3).normal(0, english_table.std(), (new.sum(), 384))
        if o.start == 'whisper':
            # The line from Whisper's vectors to ours, fitted on the English pieces that both have.
            tokens = sorted(rows.tokenizer.get_vocab(), key=rows.tokenizer.get_vocab().get)
            heard = whisper_vectors(o.whisper, tokens)
            both = ~new & np.array([not t.startswith(('##', '[')) for t in tokens])
            line = np.linalg.solve(heard[both].T @ heard[both] + 10 * np.eye(512), heard[both].T @ table[both])
            table[new] = heard[new] @ line
    model.encoder.words.weight.data.copy_(torch.tensor(table))
    if o.start == 'masked':
        start_anew(model)
    if o.resume is not None:
        model.load_state_dict(torch.load(o.resume, map_location='cpu')['state'])

    single = lambda texts, labels, task: Task(texts, [[]] * len(texts), labels, SIZE[task], rng)
    talk = lambda said, labels, task: Task([u.text for u in said], [u.context for u in said], labels, SIZE[task], rng)
    daily = chinese_talk['train']
    tasks = {
        'align': single([z for z, _ in pairs], targets, 'align'),
        'masked': single(texts, np.zeros(len(texts)), 'masked'),
        'weibo': single(blogs.texts + clue['train'].texts, np.vstack([blogs.allowed, clue['train'].allowed]), 'weibo'),
        'smp': single(smp['train'].texts, smp['train'].allowed, 'smp'),
        'xdaily': talk(daily, [u.category for u in daily], 'xdaily'),
        'cped': talk(cped['train'], [u.allowed for u in cped['train']], 'cped'),
        'reviews': single(*reviews['train'], 'reviews'),
    }
    dev = {'clue': clue['dev'], 'smp': smp['dev'], 'reviews': reviews['dev'], 'daily': chinese_talk['dev'][::8], 'pairs': (pairs[::50], targets[::50])}

    lines = torch.nn.Parameter(torch.tensor([[0.8, 0.8], [1.0, 1.0]]))
    words = [model.encoder.words.weight]
    body = [p for n, p in model.named_parameters() if n != 'encoder.words.weight']
    optimiser = torch.optim.AdamW([{'params': words, 'lr': 5 * o.rate}, {'params': body + [lines], 'lr': o.rate}], weight_decay=0.01, fused=True)
    warm = 60
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / warm) * max(0.02, (o.steps - s) / o.steps))
    masked = MaskedWords(model, rows, random.Random(o.seed))
    begin, then = (MASKING, {k: v for k, v in o.shares.items() if k != 'align'}) if o.start == 'masked' else (ALIGNING, o.shares)
    averaged = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(o.memory))
    log = open(o.out / 'chinese.log', 'a', buffering=1)
    print(json.dumps({k: str(v) for k, v in vars(o).items()} | {k: len(t.texts) for k, t in tasks.items()} | {'vocabulary': len(origin)}), file=log)
    began, running = time.time(), {}
    for step in range(1, o.steps + 1):
        model.train()
        shares = begin if step <= o.align_steps else then
        task = rng.choices(list(shares), list(shares.values()))[0]
        items, labels = tasks[task].next()
        rows.max_tokens = LONGEST[task]
        if task == 'masked':
            value = masked.loss([text for text, _ in items])
        else:
            value = loss_of(task, model(*rows.batch(items)), labels, lines, scale, spread)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        if step % 2 == 0:
            averaged.update_parameters(model)
        running.setdefault(task, []).append(value.item())
        if step % 100 == 0:
            print(step, {t: round(float(np.mean(v)), 4) for t, v in sorted(running.items())}, f'{time.time() - began:.0f}s', file=log)
            running = {}
        if step in (o.align_steps, o.steps):
            rows.max_tokens = 128
            found = figures(averaged.module, rows, dev, spread)
            torch.save({'state': averaged.module.state_dict(), 'figures': found, 'step': step}, o.out / 'chinese.pt')
            print(json.dumps({'step': step, 'seconds': round(time.time() - began), **found}), file=log)


if __name__ == '__main__':
    main()
