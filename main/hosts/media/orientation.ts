/** How a camera was held, from a JPEG's Exif block (CIPA DC-008, tag 0x0112); ffmpeg versions differ in whether they heed it. */

const ORIENTATION_TAG = 0x0112;

/** 1 to 8; 1 (as stored) when there is none. `head` is the beginning of the file. */
export function jpegOrientation(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 4 || view.getUint16(0) !== 0xffd8) return 1;
  for (let at = 2; at + 4 <= head.length;) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda || length < 2) return 1;
    if (marker === 0xffe1) {
      const found = exifOrientation(head.subarray(at + 4, at + 2 + length));
      if (found !== null) return found;
    }
    at += 2 + length;
  }
  return 1;
}

function exifOrientation(block: Uint8Array): number | null {
  if (block.length < 16 || String.fromCharCode(...block.subarray(0, 6)) !== 'Exif\0\0') return null;
  const tiff = new DataView(block.buffer, block.byteOffset + 6, block.byteLength - 6);
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
