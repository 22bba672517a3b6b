"""A product's input as whole numbers, so that its int8 weights needn't be multiplied out to float32.

Every row of the input has a scale of its own, found as it comes: a text's answer doesn't depend on those read with it, as it would with
onnxruntime's dynamic quantisation, which has one scale for the whole batch. The numbers are of seven bits, moved by half their range so
that none is negative: processors without VNNI multiply unsigned by signed bytes two at a time and cut their sum at 16 bits, which
2 * 127 * 127 stays under; and rows of signed bytes have only a slow kernel. Another processor's float32 may fall on the other side of
a rounding: answers then differ by a hundredth or two.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BITS = 7
HALF = 2 ** (BITS - 1)
SMALLEST = 1e-9
CONSTANTS = {'whole_half': np.float32(HALF + 0.5), 'whole_zero': np.array(HALF, np.uint8), 'whole_most': np.float32(HALF - 1), 'whole_least': np.float32(SMALLEST), 'whole_last': np.array([-1], np.int64)}
WHOLE, SUM = '_whole', '_sum'


def in_integers(model: onnx.ModelProto) -> onnx.ModelProto:
    """`quantise`'s products of a value with int8 weights; others stay."""
    graph = model.graph
    held = {value.name for value in graph.initializer}
    nodes, whole, folded = [], set(), set()
    for node in graph.node:
        weight = node.input[1].removesuffix('_float') if node.op_type == 'MatMul' else ''
        if f'{weight}_int8' not in held:
            nodes.append(node)
            continue
        x, y = node.input[0], node.output[0]
        folded |= {f'{weight}_cast', f'{weight}_float'}
        nodes += [] if x in whole else as_whole(x)
        whole.add(x)
        nodes += [
            helper.make_node('MatMulInteger', [x + WHOLE, f'{weight}_int8', 'whole_zero'], [y + SUM], name=node.name),
            helper.make_node('Cast', [y + SUM], [f'{y}_cast'], to=TensorProto.FLOAT),
            helper.make_node('Mul', [f'{y}_cast', f'{x}_rows'], [f'{y}_scaled']),
            helper.make_node('Mul', [f'{y}_scaled', f'{weight}_scale'], [y]),
        ]
    if not whole:
        return model
    nodes = [node for node in nodes if node.output[0] not in folded]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in CONSTANTS.items())
    onnx.checker.check_model(model, full_check=True)
    return model


def as_whole(x: str) -> list[onnx.NodeProto]:
    """x (…, columns) -> x_rows (…, 1), the rows' scales, and x_whole, uint8."""
    step = lambda kind, inputs, name, **told: helper.make_node(kind, inputs, [x + name], **told)
    return [
        step('Abs', [x], '_size'),
        step('ReduceMax', [f'{x}_size', 'whole_last'], '_largest', keepdims=1),
        step('Max', [f'{x}_largest', 'whole_least'], '_some'),
        step('Div', [f'{x}_some', 'whole_most'], '_rows'),
        step('Div', [x, f'{x}_rows'], '_steps'),
        step('Add', [f'{x}_steps', 'whole_half'], '_moved'),
        step('Cast', [f'{x}_moved'], WHOLE, to=TensorProto.UINT8),
    ]


def in_floats(model: onnx.ModelProto) -> onnx.ModelProto:
    """What `in_integers` made, undone."""
    graph = model.graph
    nodes, made = [], set()
    for node in graph.node:
        if node.op_type != 'MatMulInteger':
            nodes.append(node)
            continue
        x, weight, y = node.input[0].removesuffix(WHOLE), node.input[1].removesuffix('_int8'), node.output[0].removesuffix(SUM)
        made |= {output for step in as_whole(x) for output in step.output} | {f'{y}_cast', f'{y}_scaled', y}
        nodes += [
            helper.make_node('Cast', [f'{weight}_int8'], [f'{weight}_cast'], to=TensorProto.FLOAT),
            helper.make_node('Mul', [f'{weight}_cast', f'{weight}_scale'], [f'{weight}_float']),
            helper.make_node('MatMul', [x, f'{weight}_float'], [y], name=node.name),
        ]
    kept = [value for value in graph.initializer if value.name not in CONSTANTS]
    nodes = [node for node in nodes if node.op_type == 'MatMul' or node.output[0] not in made]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.checker.check_model(model, full_check=True)
    return model
