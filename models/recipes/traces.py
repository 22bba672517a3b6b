"""What an exported graph tells of the machine that exported it."""

import onnx


def without_traces(model: onnx.ModelProto) -> onnx.ModelProto:
    """The exporter notes in every node where in the source it came from, with the paths of the machine: nobody's business, and other bytes elsewhere."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer, *model.functions):
        part.ClearField('metadata_props')
        part.ClearField('doc_string')
    return model


def with_short_names(model: onnx.ModelProto) -> onnx.ModelProto:
    """The exporter names every value after the modules it went through, which in a deep graph is a tenth of the file."""
    graph = model.graph
    kept = {value.name for value in (*graph.input, *graph.output)}
    short = {'': ''} | {name: name for name in kept}
    for part in (*graph.initializer, *graph.node):
        for name in [part.name] if isinstance(part, onnx.TensorProto) else part.output:
            short.setdefault(name, f'v{len(short)}')
    for tensor in graph.initializer:
        tensor.name = short[tensor.name]
    for node in graph.node:
        node.ClearField('name')
        node.input[:] = [short[name] for name in node.input]
        node.output[:] = [short[name] for name in node.output]
    del graph.value_info[:]
    return model
