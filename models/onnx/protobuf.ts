/** As much of the protocol buffer encoding as editing an ONNX file takes (https://protobuf.dev/programming-guides/encoding). */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

/** One field of a message, where it lies in the message's bytes. */
interface Field {
  number: number;
  /** Tag and length included. */
  start: number;
  /** Of the value; for an embedded message or string its bytes. */
  from: number;
  end: number;
}

/** @throws Error when the bytes are no protocol buffer */
function* fieldsOf(message: Uint8Array): Generator<Field> {
  for (let at = 0; at < message.length;) {
    const start = at;
    const tag = readVarint(message, at);
    const number = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    const length = wire === LENGTH_DELIMITED ? readVarint(message, tag.end) : null;
    const from = length?.end ?? tag.end;
    const end = length ? from + length.value : endOfNumber(message, from, wire);
    if (end > message.length) throw new Error('a field ends after its message');
    yield { number, start, from, end };
    at = end;
  }
}

function endOfNumber(message: Uint8Array, from: number, wire: number): number {
  if (wire === VARINT) return readVarint(message, from).end;
  if (wire === EIGHT_BYTES) return from + 8;
  if (wire === FOUR_BYTES) return from + 4;
  throw new Error('unknown wire type');
}

/** The message with each embedded message of that field number replaced by what `change` makes of it. */
export function withChanged(
  message: Uint8Array,
  number: number,
  change: (embedded: Uint8Array) => Uint8Array,
): Uint8Array {
  const parts: Uint8Array[] = [];
  let kept = 0;
  for (const each of fieldsOf(message)) {
    if (each.number !== number) continue;
    const changed = change(message.subarray(each.from, each.end));
    parts.push(message.subarray(kept, each.start), field(number, changed));
    kept = each.end;
  }
  return kept === 0 ? message : concatenate([...parts, message.subarray(kept)]);
}

/** An embedded message, or a string. */
export function field(number: number, payload: Uint8Array | string): Uint8Array {
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
  return concatenate([varint((number << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
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

function readVarint(message: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from, scale = 1; at < message.length; at++, scale *= 128) {
    value += (message[at]! & 0x7f) * scale;
    if (message[at]! < 0x80) return { value, end: at + 1 };
  }
  throw new Error('a number ends after its message');
}
