/** How a camera was held, from a picture's Exif block (CIPA DC-008, tag 0x0112); ffmpeg versions differ in whether they heed it. */

const ORIENTATION_TAG = 0x0112;

/** 1 to 8; 1 (as stored) when there is none. `head` is the beginning of the file. */
export function jpegOrientation(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 4 || view.getUint16(0) !== 0xffd8) return 1;
  for (let at = 2; at + 4 <= head.length;) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda || length < 2) return 1;
    const block = head.subarray(at + 4, at + 2 + length);
    if (marker === 0xffe1 && beginsExif(block)) {
      const found = exifOrientation(block);
      if (found !== null) return found;
    }
    at += 2 + length;
  }
  return 1;
}

/** Bytes of a file from a place on; fewer at its end. */
export type ReadAt = (position: number, bytes: number) => Promise<Uint8Array>;

interface Chunks {
  /** Where the first chunk begins. */
  first: number;
  name: string;
  /** Before a chunk's content stand its length and its name, in the order of the format; this many bytes follow the content. */
  lengthAt: 0 | 4;
  little: boolean;
  after: (length: number) => number;
}

const CHUNKS: Readonly<Record<'png_pipe' | 'webp_pipe', Chunks>> = {
  png_pipe: { first: 8, name: 'eXIf', lengthAt: 0, little: false, after: () => 4 },
  webp_pipe: { first: 12, name: 'EXIF', lengthAt: 4, little: true, after: (length) => length % 2 },
};
/** A picture of many more pieces than this isn't searched to its end. */
const MOST_CHUNKS = 20_000;
/** What is read of an Exif block. */
const EXIF_BYTES = 65_536;

export const hasChunks = (demuxer: string | null): demuxer is keyof typeof CHUNKS =>
  demuxer !== null && demuxer in CHUNKS;

/** As jpegOrientation, of a PNG or a WebP: its Exif block may stand behind the picture. */
export async function chunkOrientation(demuxer: keyof typeof CHUNKS, read: ReadAt): Promise<number> {
  const { first, name, lengthAt, little, after } = CHUNKS[demuxer];
  let at = first;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = await read(at, 8);
    if (head.length < 8) return 1;
    const length = new DataView(head.buffer, head.byteOffset).getUint32(lengthAt, little);
    if (String.fromCharCode(...head.subarray(4 - lengthAt, 8 - lengthAt)) === name)
      return exifOrientation(await read(at + 8, Math.min(length, EXIF_BYTES))) ?? 1;
    at += 8 + length + after(length);
  }
  return 1;
}

const beginsExif = (block: Uint8Array): boolean =>
  String.fromCharCode(...block.subarray(0, 6)) === 'Exif\0\0';

/** With the marker that a JPEG has before it, or without. */
function exifOrientation(block: Uint8Array): number | null {
  const skipped = beginsExif(block) ? 6 : 0;
  if (block.length < skipped + 10) return null;
  const tiff = new DataView(block.buffer, block.byteOffset + skipped, block.byteLength - skipped);
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) return null;
  const entries = tiff.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > tiff.byteLength) return null;
    if (tiff.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const value = tiff.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** ffmpeg filters that set the picture upright. */
export const UPRIGHT_FILTERS: Readonly<Record<number, string[]>> = {
  2: ['hflip'],
  3: ['hflip', 'vflip'],
  4: ['vflip'],
  5: ['transpose=cclock_flip'],
  6: ['transpose=clock'],
  7: ['transpose=clock_flip'],
  8: ['transpose=cclock'],
};
