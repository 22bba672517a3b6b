/** Whether a file can be a whole ONNX graph, by the skeleton of its encoding: a cut one is told before anything tries to run it. */
import { open, type FileHandle } from 'node:fs/promises';

const GRAPH_FIELD = 7;
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;
/** Longest tag and length together. */
const HEAD_BYTES = 20;

/** Null when it can; otherwise what is wrong, to go after "the file …". */
export async function onnxProblem(path: string): Promise<'is cut off' | 'is no ONNX graph' | null> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    let hasGraph = false;
    let at = 0;
    while (at < size) {
      const field = await fieldAt(handle, at);
      if (field === null) return hasGraph || at > 0 ? 'is cut off' : 'is no ONNX graph';
      hasGraph ||= field.number === GRAPH_FIELD;
      at = field.end;
    }
    if (at > size) return hasGraph ? 'is cut off' : 'is no ONNX graph';
    return hasGraph ? null : 'is no ONNX graph';
  } finally {
    await handle.close();
  }
}

/** Null where no field of a protocol buffer can begin. */
async function fieldAt(handle: FileHandle, from: number): Promise<{ number: number; end: number } | null> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, from);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytesRead; scale *= 128) {
      const byte = buffer[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return NaN;
  };
  const tag = varint();
  const number = Math.floor(tag / 8);
  const wire = tag % 8;
  if (!(number >= 1 && number < 64)) return null;
  const value = wire === VARINT || wire === LENGTH_DELIMITED ? varint() : 0;
  if (Number.isNaN(value)) return null;
  if (wire === VARINT) return { number, end: from + at };
  if (wire === LENGTH_DELIMITED) return { number, end: from + at + value };
  if (wire === EIGHT_BYTES) return { number, end: from + at + 8 };
  return wire === FOUR_BYTES ? { number, end: from + at + 4 } : null;
}
