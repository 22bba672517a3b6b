/** Arrays that numpy saved: an .npz is a zip of .npy files (numpy.lib.format, version 1). Bytes and fixed-width strings are read. */
import { inflateRawSync } from 'node:zlib';
import { AttuneError } from '#contract/errors.ts';

const damaged = (): AttuneError =>
  new AttuneError('file-not-readable', 'A table of the research data is no .npz that can be read.');

export type NpzTable = ReadonlyMap<string, Npy>;

export interface Npy {
  readonly shape: readonly number[];
  /** numpy's name of the type: '|u1', '<U14' … */
  readonly type: string;
  readonly data: Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;

/** @throws AttuneError 'file-not-readable' */
export function readNpz(zip: Buffer): NpzTable {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw damaged();
  const table = new Map<string, Npy>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    const file = zip.toString('utf8', at + 46, at + 46 + name!);
    table.set(file.replace(/\.npy$/, ''), parseNpy(method === 0 ? packed : inflateRawSync(packed)));
    at += 46 + name! + extra! + comment!;
  }
  return table;
}

function parseNpy(file: Buffer): Npy {
  const headerLength = file.readUInt16LE(8);
  const header = file.toString('latin1', 10, 10 + headerLength);
  const type = /'descr': '([^']+)'/.exec(header)?.[1];
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1];
  if (type === undefined || shape === undefined || header.includes("'fortran_order': True")) throw damaged();
  const sides = shape.split(',').filter((side) => side.trim() !== '');
  return { type, shape: sides.map(Number), data: file.subarray(10 + headerLength) };
}

/** numpy's '<U…': UTF-32, padded with zeros. */
export function stringsOf({ type, data }: Npy): string[] {
  const width = Number(/^<U(\d+)$/.exec(type)?.[1]);
  if (!Number.isInteger(width)) throw damaged();
  return Array.from({ length: data.length / (4 * width) }, (_, row) => {
    let text = '';
    for (let i = 0; i < width; i++) {
      const code = data.readUInt32LE(4 * (row * width + i));
      if (code !== 0) text += String.fromCodePoint(code);
    }
    return text;
  });
}
