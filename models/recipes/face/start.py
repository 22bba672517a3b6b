"""Version 1.0's weights as a warm start, read back from its int8 file (the float weights were not kept).

    python start.py   ->  .work/face_start.pt (state of network.FaceNet), .work/face_teacher.npy (float32 [32134, 8])

The file holds convolutions with batch normalisation folded in. Each normalisation is set up again so that it changes nothing:
its mean and variance are measured on crops, its gain and offset undo them and add the folded bias.
The teacher's file holds version 1.0's logits for every crop, the mean of the whole and the aligned one.
"""

import subprocess

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from torch import nn

from augment import alignments, warp
from ferplus import ROOT, WORK, load_pictures, load_votes, splits, vote_distributions
from network import FaceNet

COMMIT = "72543e734dc46d84a6aaa78b17b59084cb09efaa"
FILE = "models/weights/face-emotion/face-emotion.onnx"


def version_1() -> bytes:
    return subprocess.run(["git", "-C", ROOT, "show", f"{COMMIT}:{FILE}"], check=True, capture_output=True).stdout


def initialisers(content: bytes) -> dict[str, np.ndarray]:
    return {i.name: numpy_helper.to_array(i) for i in onnx.load_from_string(content).graph.initializer}


def folded(values: dict[str, np.ndarray], name: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Weight [out, in, h, w] and bias [out] of a quantised convolution."""
    scale = values[f"{name}.weight_scale"].reshape(-1, 1, 1, 1)
    weight = values[f"{name}.weight_quantized"].astype(np.float32) * scale
    bias = values[f"{name}.weight_bias_quantized"] * values[f"{name}.weight_bias_quantized_scale"]
    return torch.from_numpy(weight), torch.from_numpy(bias.astype(np.float32))


@torch.no_grad()
def load(net: FaceNet, values: dict[str, np.ndarray], crops: torch.Tensor) -> None:
    for name, module in net.named_modules():
        # The second head is new.
        if isinstance(module, nn.Linear) and name != "meant":
            module.weight.copy_(torch.from_numpy(values[f"net.{name}.weight"].copy()))
            module.bias.copy_(torch.from_numpy(values[f"net.{name}.bias"].copy()))

    def undo(norm: nn.BatchNorm2d, bias: torch.Tensor):
        def hook(_, inputs):
            mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3), correction=0)
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)
            norm.weight.copy_((variance + norm.eps).sqrt())
            norm.bias.copy_(bias + mean)
        return hook

    hooks = []
    for name, module in net.named_modules():
        if isinstance(module, nn.Sequential) and isinstance(module[0], nn.Conv2d):
            module[0].weight[:], bias = folded(values, f"net.{name}.0")
            hooks.append(module[1].register_forward_pre_hook(undo(module[1], bias)))
    net.eval()
    net(crops)
    for hook in hooks:
        hook.remove()


def main() -> None:
    torch.manual_seed(7)
    content = version_1()
    pictures = torch.from_numpy(load_pictures().copy())[:, None]
    table = load_votes()
    _, _, majority = vote_distributions(table["votes"])
    parts = splits(table, majority)
    found = np.load(WORK / "face_points.npz")
    align = torch.from_numpy(alignments(found["points"], found["scores"], found["template"]))

    net = FaceNet()
    load(net, initialisers(content), pictures[parts["train"][:1024]].float())
    torch.save(net.state_dict(), WORK / "face_start.pt")

    session = onnxruntime.InferenceSession(content)
    logits = []
    for rows in torch.arange(len(pictures)).split(256):
        whole = pictures[rows].float()
        views = [session.run(None, {"crop": x.numpy()})[0] for x in (whole, warp(whole, align[rows]))]
        logits.append(sum(views) / len(views))
    teacher = np.concatenate(logits)
    np.save(WORK / "face_teacher.npy", teacher)

    dev = parts["dev"]
    with torch.inference_mode():
        again = torch.cat([net(x.float())[0] for x in pictures[dev].split(256)]).numpy()
    for name, guess in (("version 1.0, both crops", teacher[dev]), ("read back, one crop", again)):
        print(f"{name}: dev accuracy {(guess.argmax(1) == majority[dev]).mean():.4f}")


if __name__ == "__main__":
    main()
