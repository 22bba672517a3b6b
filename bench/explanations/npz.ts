/** Arrays out of a NumPy archive: a zip of .npy members, deflated or stored. */
import { inflateRawSync } from 'node:zlib';

export interface NpyArray {
  /** NumPy's type: "<U10", "|u1". */
  readonly type: string;
  readonly shape: readonly number[];
  readonly data: Buffer;
}

const CENTRAL_ENTRY = 0x02014b50;
const END_OF_CENTRAL = 0x06054b50;

export function readNpz(bytes: Buffer, name: string): NpyArray {
  const end = bytes.lastIndexOf(Buffer.from(new Uint32Array([END_OF_CENTRAL]).buffer));
  let at = bytes.readUInt32LE(end + 16);
  while (bytes.readUInt32LE(at) === CENTRAL_ENTRY) {
    const [nameLength, extraLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) === `${name}.npy`) return member(bytes, at);
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  }
  throw new Error(`The archive has no array ${name}.`);
}

function member(bytes: Buffer, entry: number): NpyArray {
  const local = bytes.readUInt32LE(entry + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(entry + 20));
  const npy = bytes.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed);
  const headerLength = npy.readUInt16LE(8);
  const header = npy.toString('latin1', 10, 10 + headerLength);
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '';
  return {
    type: /'descr': '([^']*)'/.exec(header)?.[1] ?? '',
    shape: shape
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(Number),
    data: npy.subarray(10 + headerLength),
  };
}

/** Strings of an array of type "<U…". */
export function strings({ type, data }: NpyArray): string[] {
  const width = Number(type.slice(2)) * 4;
  return Array.from({ length: data.length / width }, (_, i) => {
    const codes = Array.from({ length: width / 4 }, (_code, k) => data.readUInt32LE(i * width + k * 4));
    return String.fromCodePoint(...codes.filter((code) => code > 0));
  });
}
