"""Writes models/weights/voice-emotion: projector.onnx, sequence.onnx, head.onnx, baseline.json and manifest.json."""
import json
import os
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import export_sequence
from classifier import CLASSES
from corpus import CATEGORY_OF_FINE, CIRCUMPLEX, FINE, HERE, USED_LAYERS, WIDTH
from kernel import BANDWIDTH, FADING, NEAR
from model import COURSE_ALONE, COURSE_OWN, ROUNDS
from sequence import INPUT_LAYER
from space import CLIP

sys.path.append(os.path.join(HERE, ".."))
from manifest import file_entry, write_manifest  # noqa: E402

FOLDER = os.path.join(HERE, "..", "..", "weights", "voice-emotion")


def save(name, nodes, inputs, outputs, weights):
    shape = lambda names: [helper.make_tensor_value_info(n, TensorProto.FLOAT, [rows, *width]) for n, rows, *width in names]
    kept = (np.int64, np.float16)
    initialisers = [numpy_helper.from_array(value if value.dtype in kept else value.astype(np.float32), key)
                    for key, value in ((key, np.asarray(value)) for key, value in weights.items())]
    graph = helper.make_graph(nodes, name, shape(inputs), shape(outputs), initialisers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="attune")
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(FOLDER, name + ".onnx"))


def write_projector(space):
    node = helper.make_node
    sizes = [block.stop - block.start for block, _ in space.blocks]
    names = [f"block{k}" for k in range(len(sizes))]
    nodes = [node("Sub", ["features", "mean"], ["centred"]), node("Div", ["centred", "scale"], ["standard"]),
             node("Clip", ["standard", "low", "high"], ["clipped"]), node("Split", ["clipped", "sizes"], names, axis=1)]
    nodes += [node("MatMul", [name, f"turn{k}"], [f"part{k}"]) for k, name in enumerate(names)]
    nodes += [node("Concat", [f"part{k}" for k in range(len(sizes))], ["latent"], axis=1)]
    width = sum(turn.shape[1] for _, turn in space.blocks)
    save("projector", nodes, [("features", "rows", len(space.mean))], [("latent", "rows", width)],
         {"mean": space.mean, "scale": space.scale, "low": -float(CLIP), "high": float(CLIP), "sizes": np.array(sizes, np.int64)}
         | {f"turn{k}": turn for k, (_, turn) in enumerate(space.blocks)})
    return width


def write_head(model, width):
    """alone and own: nine logits, valence, arousal. strangeness: the least of the mean squared distances to the known corpora."""
    node = helper.make_node
    nodes = [node("Sub", ["latent", "offset"], ["less"])]
    weights = kernel_weights(model.kernel) | {"parts": np.array([width - CLASSES, CLASSES], np.int64), "no_affect": np.array([0, 0, 0, 2], np.int64)}
    for name in ("latent", "less"):
        nodes += [node("Split", [name, "parts"], [f"{name}_directions", f"{name}_logits"], axis=1), node("Pad", [f"{name}_logits", "no_affect"], [f"{name}_said"])]
    distances = []
    for k, (centre, turn) in enumerate(zip(model.strangeness.centres, model.strangeness.turns)):
        weights |= {f"turn{k}": turn, f"shift{k}": -centre @ turn}
        distances.append(f"distance{k}")
        nodes += [node("Gemm", ["latent_directions", f"turn{k}", f"shift{k}"], [f"turned{k}"]),
                  node("ReduceSumSquare", [f"turned{k}"], [distances[-1]], axes=[1], keepdims=1)]
    nodes += [node("Min", distances, ["strangeness"])] + kernel_nodes()
    for name, W, latent, loudness in (("alone", model.alone, "latent", COURSE_ALONE), ("own", model.own, "less", COURSE_OWN)):
        weights |= {f"{name}_weight": W[:-1], f"{name}_bias": W[-1], f"{name}_loudness": loudness}
        nodes += [node("Gemm", [f"{latent}_directions", f"{name}_weight", f"{name}_bias"], [f"{name}_linear"]), node("Mul", [f"{latent}_said", f"{name}_loudness"], [f"{name}_course"]),
                  node("Sum", [f"{name}_linear", f"{name}_kernel", f"{name}_course"], [name])]
    save("head", nodes, [("latent", "rows", width), ("offset", 1, width)],
         [("alone", "rows", len(FINE) + 2), ("own", "rows", len(FINE) + 2), ("strangeness", "rows", 1)], weights)


def kernel_nodes():
    """Similarity to the training clips, as they are and less their speakers' offsets, times the coefficients."""
    node = helper.make_node
    nodes = [node("Cast", ["support"], ["alone_support"], to=TensorProto.FLOAT), node("Gather", ["offsets", "who"], ["theirs"], axis=0),
             node("Sub", ["alone_support", "theirs"], ["own_support"])]
    for name, latent in (("alone", "latent_directions"), ("own", "less_directions")):
        of = lambda part: f"{name}_{part}"
        nodes += [node("Gather", [latent, "columns"], [of("columns")], axis=1), node("Mul", [of("columns"), "unit"], [of("near")]),
                  node("ReduceSumSquare", [of("support")], [of("support_norm")], axes=[1], keepdims=0), node("Mul", [of("support_norm"), "half"], [of("support_half")]),
                  node("ReduceSumSquare", [of("near")], [of("near_norm")], axes=[1], keepdims=1), node("Mul", [of("near_norm"), "half"], [of("near_half")]),
                  node("Gemm", [of("near"), of("support"), of("support_half")], [of("product")], transB=1, beta=-1.), node("Sub", [of("product"), of("near_half")], [of("distance")]),
                  node("Mul", [of("distance"), "bandwidth"], [of("exponent")]), node("Exp", [of("exponent")], [of("similarity")]),
                  node("MatMul", [of("similarity"), of("coefficients")], [of("found")])]
    return nodes + [node("Div", ["strangeness", "near"], ["far"]), node("Pow", ["far", "fading"], ["fading_far"]), node("Add", ["fading_far", "one"], ["unheard"]),
                    node("Div", ["alone_found", "unheard"], ["alone_kernel"]), node("Identity", ["own_found"], ["own_kernel"])]


def kernel_weights(kernel):
    return {"support": kernel.support, "offsets": kernel.offsets, "who": kernel.who.astype(np.int64), "columns": kernel.columns.astype(np.int64), "unit": kernel.unit,
            "half": .5, "one": 1., "near": NEAR, "fading": float(FADING), "bandwidth": BANDWIDTH, "alone_coefficients": kernel.alone, "own_coefficients": kernel.own}


def rounded(values, digits=5):
    return np.round(np.asarray(values, float), digits).tolist()


def write(model, clips, calibration):
    os.makedirs(FOLDER, exist_ok=True)
    width = write_projector(model.space) + CLASSES
    export_sequence.write(export_sequence.load("shipped"), FOLDER)
    write_head(model, width)
    voices = model.speakers
    with open(os.path.join(FOLDER, "baseline.json"), "w") as file:
        json.dump({"means": rounded(voices.means), "offset": rounded(voices.offset), "habit": rounded(voices.habit), "noise": rounded(voices.noise)}, file)
    write_description(clips, calibration, width)


def write_description(clips, calibration, width):
    unknown = {name: {"mean": round(float(clips.proxy[:, k].mean()), 3), "sd": round(float(clips.proxy[:, k].std()), 3)} for k, name in enumerate(("valence", "arousal"))}
    settings = {
        "encoderLayers": [f"/layers.{layer}/Add_1_output_0" for layer in USED_LAYERS], "layerWidth": WIDTH, "prosodyNames": clips.prosody_names,
        "projector": {"input": "features", "output": "latent", "featureCount": clips.X.shape[1]},
        "sequence": {"layer": f"/layers.{INPUT_LAYER}/Add_1_output_0", "input": "frames", "output": "logits"},
        "head": {"inputs": {"latent": "latent", "offset": "offset"}, "outputs": {"alone": "alone", "own": "own", "strangeness": "strangeness"}, "latentCount": width},
        "categoryOfFine": CATEGORY_OF_FINE.tolist(),
        "mixing": {kind: calibration[kind] for kind in ("alone", "baseline")},
        "familiarity": calibration["familiarity"],
        "circumplex": [{"valence": float(v), "arousal": float(a)} for v, a in CIRCUMPLEX],
        "dimensionSd": calibration["sd"],
        "unknown": unknown,
        "baseline": {"fewestUtterances": 8, "leastSeconds": 15, "rounds": ROUNDS},
        "fullTrustFrom": .35, "fineThreshold": .5,
    }
    files = [file_entry(role, Path(FOLDER) / name) for role, name in (("projector", "projector.onnx"), ("sequence", "sequence.onnx"), ("head", "head.onnx"), ("baseline", "baseline.json"))]
    manifest = {
        "id": "voice-emotion", "version": "2.2.0", "task": "voice-emotion", "title": "Emotion from voice", "source": {"kind": "shipped"}, "files": files,
        "licence": "CC-BY-NC-SA-4.0", "nonCommercial": True,
        "notice": "Trained for Attune on RAVDESS (Livingstone and Russo 2018, CC BY-NC-SA 4.0), EmoDB (Burkhardt et al. 2005) and nEMO "
                  "(Christop 2024, CC BY-NC-SA 4.0), on inner layers of Moonshine tiny (Useful Sensors, MIT), two of which were trained on. Not for commercial use.",
        "languages": [], "card": "models/cards/voice-emotion.md", "labels": FINE, "settings": settings,
    }
    write_manifest(Path(FOLDER), manifest)
