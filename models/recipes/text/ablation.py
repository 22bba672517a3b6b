"""What a way of training brings: checkpoints of english.py side by side, on dev texts as they are, as a recogniser would write them, and with typos.

    python models/recipes/text/ablation.py --text <unpacked text.tar.xz> --base <all-MiniLM-L6-v2> a/english.pt b/english.pt …

GoEmotions' every third dev row, MELD's dev part, EmoBank's; the encoder alone, float32.
"""

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from data import like_a_recogniser, read_emobank, read_goemotions, with_typos
from encoder import EnglishNet
from english_figures import alone, predict, r
from metrics import best_threshold, sigmoid, weighted_f1
from talk import read_meld_talk
from tokens import Rows

TYPOS = 0.05
CONDITIONS = {'as it is': lambda text, rng: text, 'like a recogniser': like_a_recogniser, 'typos': lambda text, rng: with_typos(text, TYPOS, rng)}


def figures(model, rows, go, bank, meld, disturb) -> dict[str, float]:
    rng = random.Random(5)
    every = lambda texts: [disturb(text, rng) for text in texts]
    fine = sigmoid(predict(model, rows, alone(every(go.texts)))['fine_logits'])
    vad = predict(model, rows, alone(every(bank.texts)))['vad_mean']
    talk = predict(model, rows, [(disturb(u.text, rng), u.context) for u in meld])['talk_logits']
    found = {
        'macro_f1_28': best_threshold(go.fine, fine)[1],
        'r_vad': float(np.mean([r(vad[:, d], bank.vad[:, d]) for d in range(3)])),
        'weighted_f1_meld': weighted_f1(np.array([u.category for u in meld]), talk.argmax(1)),
    }
    return {k: round(v, 4) for k, v in found.items()}


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument('--text', type=Path, required=True)
    args.add_argument('--base', type=Path, required=True)
    args.add_argument('checkpoints', type=Path, nargs='+')
    o = args.parse_args()
    torch.set_num_threads(1)
    go = read_goemotions(o.text / 'goemotions')[0]['dev']
    go = replace(go, texts=go.texts[::3], fine=go.fine[::3], category=go.category[::3])
    bank, meld = read_emobank(o.text / 'emobank')['dev'], read_meld_talk(o.text / 'meld')['dev']
    rows = Rows(Tokenizer.from_file(str(o.base / 'tokenizer.json')))
    for checkpoint in o.checkpoints:
        net = EnglishNet([0.0] * 3, [1.0] * 3)
        net.load_state_dict(torch.load(checkpoint, map_location='cpu')['state'])
        for condition, disturb in CONDITIONS.items():
            print(json.dumps({'checkpoint': str(checkpoint), 'texts': condition, **figures(net, rows, go, bank, meld, disturb)}), flush=True)


if __name__ == '__main__':
    main()
