"""Weight-only int8: the file holds int8 weights, the graph multiplies them out and computes in float32.

Why not onnxruntime's dynamic quantisation: it scales activations by the whole batch, so a text's answer would depend on its
neighbours; its kernels saturate differently on processors without VNNI; and no GPU provider runs them. Here the weights
of the matrix products are folded to float32 once when the session is made (Cast and Mul of constants), and the word
embedding stays int8 in memory, because only the rows looked up are multiplied out. The text graphs go on to integers.py.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from half_bytes import looked_up

SMALLEST = 16_384


def int8_per_row(weights: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 with one scale for each index of `axis`; weights = int8 * scale, scale broadcastable."""
    others = tuple(a for a in range(weights.ndim) if a != axis)
    scale = np.maximum(np.abs(weights).max(axis=others, keepdims=True) / 127, 1e-12).astype(np.float32)
    return np.clip(np.rint(weights / scale), -127, 127).astype(np.int8), scale


def quantise(model: onnx.ModelProto, products: tuple[str, ...] = ('MatMul', 'Gemm'), smallest: int = SMALLEST, halved: str | None = None) -> onnx.ModelProto:
    """`products`: operators whose constant weights of at least `smallest` numbers are kept as int8; a convolution's with one scale for each output channel.
    Tables whose names start with `halved` are kept in half bytes."""
    graph = model.graph
    held = {i.name: i for i in graph.initializer}
    nodes, added, replaced = [], [], set()
    for node in graph.node:
        if node.op_type == 'Gather' and node.input[0] in held and held[node.input[0]].dims[0] > 1000:
            name = node.input[0]
            if halved and name.startswith(halved):
                instead, constants = looked_up(held[name], node.input[1], node.output[0])
                nodes += instead
                added += constants
                replaced.add(name)
                continue
            q, scale = int8_per_row(numpy_helper.to_array(held[name]), axis=0)
            added += [numpy_helper.from_array(q, f'{name}_int8'), numpy_helper.from_array(scale, f'{name}_scale')]
            out = node.output[0]
            nodes += [
                helper.make_node('Gather', [f'{name}_int8', node.input[1]], [f'{out}_int8'], axis=0),
                helper.make_node('Cast', [f'{out}_int8'], [f'{out}_cast'], to=TensorProto.FLOAT),
                helper.make_node('Gather', [f'{name}_scale', node.input[1]], [f'{out}_scale'], axis=0),
                helper.make_node('Mul', [f'{out}_cast', f'{out}_scale'], [out]),
            ]
            replaced.add(name)
            continue
        for place, name in enumerate(node.input):
            big = name in held and held[name].data_type == TensorProto.FLOAT and np.prod(held[name].dims) >= smallest
            if node.op_type not in products or not big:
                continue
            if name not in replaced:
                rows_are_outputs = node.op_type == 'Gemm' and any(a.name == 'transB' and a.i for a in node.attribute)
                q, scale = int8_per_row(numpy_helper.to_array(held[name]), axis=0 if rows_are_outputs or node.op_type == 'Conv' else 1)
                added += [numpy_helper.from_array(q, f'{name}_int8'), numpy_helper.from_array(scale, f'{name}_scale')]
                nodes += [
                    helper.make_node('Cast', [f'{name}_int8'], [f'{name}_cast'], to=TensorProto.FLOAT),
                    helper.make_node('Mul', [f'{name}_cast', f'{name}_scale'], [f'{name}_float']),
                ]
                replaced.add(name)
            node.input[place] = f'{name}_float'
        nodes.append(node)
    kept = [i for i in graph.initializer if i.name not in replaced] + added
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.checker.check_model(model, full_check=True)
    return model
