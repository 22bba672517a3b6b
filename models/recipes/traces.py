"""What an exported graph tells of the machine that exported it."""

import onnx


def without_traces(model: onnx.ModelProto) -> onnx.ModelProto:
    """The exporter notes in every node where in the source it came from, with the paths of the machine: nobody's business, and other bytes elsewhere."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer, *model.functions):
        part.ClearField('metadata_props')
        part.ClearField('doc_string')
    return model
