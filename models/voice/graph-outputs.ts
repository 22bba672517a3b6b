const LENGTH_DELIMITED = 2;
const MODEL_GRAPH_FIELD = 7;
const GRAPH_OUTPUT_FIELD = 12;
const VALUE_INFO_NAME_FIELD = 1;

/**
 * Returns a copy of an ONNX model that also exposes the named inner tensors as graph outputs.
 *
 * Protobuf merges repeated occurrences of an embedded message, so a second `ModelProto.graph` that holds nothing
 * but `output { name }` entries adds them to the first one. The file on disk stays as its package ships it.
 * Onnxruntime infers the type and shape of such an output, and refuses to load a model whose tensor does not exist.
 * Field numbers: onnx.proto3 (ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1).
 */
export function withExtraOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  if (names.length === 0) return model;
  const outputs = names.map((name) => {
    const valueInfo = field(VALUE_INFO_NAME_FIELD, new TextEncoder().encode(name));
    return field(GRAPH_OUTPUT_FIELD, valueInfo);
  });
  return concatenate([model, field(MODEL_GRAPH_FIELD, concatenate(outputs))]);
}

function field(number: number, payload: Uint8Array): Uint8Array {
  return concatenate([varint((number << 3) | LENGTH_DELIMITED), varint(payload.length), payload]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
