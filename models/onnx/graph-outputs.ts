/**
 * Inner tensors of an ONNX model as outputs of it; the file on disk stays as its package ships it. Onnxruntime infers type and shape of
 * such an output, and refuses to load a model whose tensor does not exist. Field numbers: onnx.proto3.
 */
import { concatenate, field, withChanged } from './protobuf.ts';

const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
const NODE_OUTPUT = 2;
const NODE_ATTRIBUTE = 5;
const ATTRIBUTE_GRAPH = 6;
const VALUE_INFO_NAME = 1;

const outputs = (names: readonly string[]): Uint8Array =>
  concatenate(names.map((name) => field(GRAPH_OUTPUT, field(VALUE_INFO_NAME, name))));

/** Protobuf merges repeated occurrences of an embedded message, so a second `graph` that holds nothing but outputs adds them to the first. */
export function withExtraOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  return names.length === 0 ? model : concatenate([model, field(MODEL_GRAPH, outputs(names))]);
}

/**
 * The same for a model that is one `If` node, as merged decoders are: tensors that both branches have, given out under the names that
 * they are the keys of (a branch may not use a name of what is around it).
 */
export function withBranchOutputs(
  model: Uint8Array,
  innerNames: Readonly<Record<string, string>>,
): Uint8Array {
  if (Object.keys(innerNames).length === 0) return model;
  const inner = outputs(Object.values(innerNames));
  const given = concatenate(Object.keys(innerNames).map((name) => field(NODE_OUTPUT, name)));
  const inBranch = (attribute: Uint8Array): Uint8Array =>
    withChanged(attribute, ATTRIBUTE_GRAPH, (graph) => concatenate([graph, inner]));
  const inNode = (node: Uint8Array): Uint8Array =>
    concatenate([withChanged(node, NODE_ATTRIBUTE, inBranch), given]);
  const changed = withChanged(model, MODEL_GRAPH, (graph) => withChanged(graph, GRAPH_NODE, inNode));
  return withExtraOutputs(changed, Object.keys(innerNames));
}
