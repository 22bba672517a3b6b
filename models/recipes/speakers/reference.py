"""
Golden numbers of tests/models/speaker-golden.json: the network behind Kaldi's own features, in single precision.

python models/recipes/speakers/reference.py PACKAGE     needs kaldi-native-fbank besides

First the network is held against the package's own: with the surroundings that it was trained with both have to agree.
"""

import argparse
import importlib.util
import json
import sys
from pathlib import Path

import kaldi_native_fbank
import numpy as np
import torch
from torch import nn

from clips import ROOT
from encoder import LEVEL, MELS, SAMPLE_RATE_HZ, Masked, SpeakerEncoder, frames_of, load, of_whole, over_all, over_blocks, sliding_mean

sys.path.append(str(Path(__file__).resolve().parents[1]))
from made_voice import voice  # noqa: E402


class KaldiFeatures(nn.Module):
    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        options = kaldi_native_fbank.FbankOptions()
        options.frame_opts.dither = 0
        options.frame_opts.samp_freq = SAMPLE_RATE_HZ
        options.mel_opts.num_bins = MELS
        fbank = kaldi_native_fbank.OnlineFbank(options)
        level = samples[0] * LEVEL / samples[0].square().mean().sqrt()
        fbank.accept_waveform(SAMPLE_RATE_HZ, level.tolist())
        fbank.input_finished()
        log = torch.from_numpy(np.stack([fbank.get_frame(i) for i in range(fbank.num_frames_ready)])).T[None]
        return log - log.mean(-1, keepdim=True)


def with_surroundings(encoder: SpeakerEncoder, of, spread) -> SpeakerEncoder:
    for part in encoder.modules():
        if isinstance(part, Masked):
            part.surroundings, part.spread = of, spread
    return encoder


def check_against(package: Path, encoder: SpeakerEncoder, samples: torch.Tensor) -> float:
    """Furthest difference from the package's own network on a clip of up to two seconds; embeddings are about 13 long."""
    spec = importlib.util.spec_from_file_location("theirs", package / "camplusplus.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    net = theirs.CAMPPlus(feat_dim=MELS, embedding_size=192).eval()
    state = {k.replace("last.", "xvector.dense."): v for k, v in encoder.state_dict().items()}
    net.load_state_dict(state)
    # The package cuts negative values off at the end, which the network was not trained with.
    net.xvector.dense.nonlinear = net.xvector.dense.nonlinear[:1]
    windows = torch.tensor([[0, frames_of(samples.shape[1])]])
    with torch.no_grad():
        own = with_surroundings(encoder, of_whole, over_all)(samples, windows)
        return (own - net(encoder.features(samples).transpose(1, 2))).abs().max().item()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("package", type=Path)
    package = arguments.parse_args().package
    encoder = load(package)
    encoder.features = KaldiFeatures()
    furthest = check_against(package, encoder, torch.from_numpy(voice(150, 1.8))[None])
    assert furthest < 0.05, furthest
    print(f"furthest from the package's network: {furthest:.4f}")
    with_surroundings(encoder, sliding_mean, over_blocks)
    rows = []
    for pitch, seconds in ((110, 3.0), (210, 1.2)):
        samples = torch.from_numpy(voice(pitch, seconds))[None]
        spans = [(0, 1200), (900, 2100)] if seconds > 2 else [(0, 1200)]
        last = frames_of(samples.shape[1])
        windows = torch.tensor([[start // 20, min(end // 20, last)] for start, end in spans])
        with torch.no_grad():
            embeddings = encoder(samples, windows)
        rows.append({"pitchHz": pitch, "seconds": seconds, "spans": spans, "embeddings": embeddings.numpy().round(3).tolist()})
    (ROOT / "tests" / "models" / "speaker-golden.json").write_text(json.dumps(rows) + "\n")


if __name__ == "__main__":
    main()
