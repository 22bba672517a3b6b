"""The net of sequence.py as sequence.onnx: one clip's course [1, frames, 288] -> logits [1, 9], weights in int8."""
import os
import sys

import onnx
import torch
from torch import nn

from corpus import HERE, WIDTH, WORK
from sequence import SequenceNet

sys.path.append(os.path.join(HERE, ".."))
from quantise import quantise  # noqa: E402
from traces import without_traces  # noqa: E402


class OneClip(nn.Module):
    """Without padding, there is no mask."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, frames):
        return self.net(frames, torch.ones(frames.shape[:2], dtype=torch.bool))


def load(name):
    net = SequenceNet()
    net.load_state_dict(torch.load(os.path.join(WORK, f"sequence-{name}.pt")))
    return net.eval()


def write(net, folder):
    frames = torch.randn(1, 80, WIDTH)
    program = torch.onnx.export(OneClip(net), (frames,), input_names=["frames"], output_names=["logits"],
                                dynamic_shapes=({1: torch.export.Dim("frames", min=2, max=4096)},), opset_version=18, dynamo=True, verbose=False)
    onnx.save(without_traces(quantise(program.model_proto)), os.path.join(folder, "sequence.onnx"))
