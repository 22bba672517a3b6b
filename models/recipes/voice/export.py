"""Writes models/weights/voice-emotion: projector.onnx, head.onnx, baseline.json and manifest.json."""
import hashlib
import json
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import net as nets
from corpus import CATEGORY_OF_FINE, CIRCUMPLEX, FINE, HERE, USED_LAYERS, WIDTH

FOLDER = os.path.join(HERE, "..", "..", "weights", "voice-emotion")


def save(name, nodes, inputs, outputs, weights):
    shape = lambda names: [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["rows", width]) for n, width in names]
    initialisers = [numpy_helper.from_array(np.asarray(v, np.float32), k) for k, v in weights.items()]
    graph = helper.make_graph(nodes, name, shape(inputs), shape(outputs), initialisers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="attune")
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(FOLDER, name + ".onnx"))


def write_projector(latent):
    node = helper.make_node
    save("projector", [node("Sub", ["features", "mean"], ["centred"]), node("Div", ["centred", "scale"], ["standard"]),
                       node("Clip", ["standard", "low", "high"], ["clipped"]), node("MatMul", ["clipped", "A"], ["latent"])],
         [("features", len(latent.mean))], [("latent", latent.A.shape[1])],
         {"mean": latent.mean, "scale": latent.scale, "low": np.float32(-6), "high": np.float32(6), "A": latent.A})


def write_head(net, scale):
    """One hidden layer of all members side by side; the mean over members goes into the outer weights. GELU is exact (erf)."""
    node = helper.make_node
    inner = net.inner.weight.detach().numpy().T / scale[:, None]
    outer = net.outer.detach().numpy().reshape(nets.MEMBERS * nets.HIDDEN, -1) / nets.MEMBERS
    bias = net.bias.detach().numpy().mean((0, 1))
    nodes = [node("Gemm", ["latent", "inner", "inner_bias"], ["x"]), node("Mul", ["x", "root_half"], ["scaled"]), node("Erf", ["scaled"], ["erf"]),
             node("Add", ["erf", "one"], ["shifted"]), node("Mul", ["x", "shifted"], ["doubled"]), node("Mul", ["doubled", "half"], ["hidden"]),
             node("Gemm", ["hidden", "fine_weight", "fine_bias"], ["fine"]),
             node("Gemm", ["hidden", "affect_weight", "affect_bias"], ["flat"]), node("Tanh", ["flat"], ["affect"])]
    save("head", nodes, [("latent", len(scale))], [("fine", 9), ("affect", 2)],
         {"inner": inner, "inner_bias": net.inner.bias.detach().numpy(), "root_half": np.float32(.5 ** .5), "one": np.float32(1), "half": np.float32(.5),
          "fine_weight": outer[:, :9], "fine_bias": bias[:9], "affect_weight": outer[:, 9:], "affect_bias": bias[9:]})


def rounded(values, digits=6):
    return np.round(np.asarray(values, float), digits).tolist()


def mixing(weights):
    return {"net": round(weights[0], 6), "gaussian": round(weights[1], 6), "neutralFactor": round(weights[2], 6), "doubt": round(weights[3], 6)}


def write_graphs(model):
    os.makedirs(FOLDER, exist_ok=True)
    latent = model.latent
    write_projector(latent)
    write_head(model.net, model.scale)
    with open(os.path.join(FOLDER, "baseline.json"), "w") as file:
        json.dump({"means": rounded(latent.M), "offsetVariance": rounded(latent.b)}, file)


def write_manifest(clips, calibration, independence, rounds):
    latent_count = len(json.load(open(os.path.join(FOLDER, "baseline.json")))["offsetVariance"])
    unknown = {name: {"mean": round(float(clips.proxy[:, k].mean()), 3), "sd": round(float(clips.proxy[:, k].std()), 3)} for k, name in enumerate(("valence", "arousal"))}
    settings = {
        "encoderLayers": [f"/layers.{layer}/Add_1_output_0" for layer in USED_LAYERS], "layerWidth": WIDTH, "prosodyNames": clips.prosody_names,
        "projector": {"input": "features", "output": "latent", "featureCount": clips.X.shape[1]},
        "head": {"input": "latent", "fine": "fine", "affect": "affect", "latentCount": latent_count},
        "categoryOfFine": CATEGORY_OF_FINE.tolist(),
        "mixing": {"alone": mixing(calibration["alone"]), "baseline": mixing(calibration["baseline"])},
        "circumplex": [{"valence": float(v), "arousal": float(a)} for v, a in CIRCUMPLEX],
        "dimensionSd": {k: round(v, 4) for k, v in calibration["sd"].items()}, "unknown": unknown,
        "baseline": {"fewestUtterances": 8, "leastSeconds": 30, "independence": independence, "rounds": rounds},
        "fullTrustFrom": .35, "fineThreshold": .5,
    }
    files = []
    for role, path in (("projector", "projector.onnx"), ("head", "head.onnx"), ("baseline", "baseline.json")):
        content = open(os.path.join(FOLDER, path), "rb").read()
        files.append({"role": role, "path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    manifest = {
        "id": "voice-emotion", "version": "1.0.0", "task": "voice-emotion", "title": "Emotion from voice", "source": {"kind": "shipped"}, "files": files,
        "licence": "CC-BY-NC-SA-4.0", "nonCommercial": True,
        "notice": "Trained for Attune on RAVDESS (Livingstone and Russo 2018, CC BY-NC-SA 4.0), EmoDB (Burkhardt et al. 2005) and nEMO "
                  "(Christop 2024, CC BY-NC-SA 4.0), on inner layers of Moonshine tiny (Useful Sensors, MIT). Not for commercial use.",
        "languages": [], "card": "models/cards/voice-emotion.md", "labels": FINE, "settings": settings,
    }
    with open(os.path.join(FOLDER, "manifest.json"), "w") as file:
        json.dump(manifest, file, indent=2)
        file.write("\n")
