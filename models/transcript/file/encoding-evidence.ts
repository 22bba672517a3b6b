/** What bytes that are not UTF-8 look like. */

const MOST = 0.5;
const LINE_END = 0x0a;

/**
 * Latin letters, digits and line ends have a zero byte each, always on the same side. Chinese has few of them, but all of its line ends do. A few zero
 * bytes in a text of another encoding are damage.
 */
export function looksLikeUtf16(bytes: Uint8Array, order: 'little' | 'big'): boolean {
  const [low, high] = order === 'little' ? [0, 1] : [1, 0];
  let zeros = 0;
  let others = 0;
  let lineEnds = 0;
  let halves = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at + high] === 0) zeros++;
    if (bytes[at + low] === 0) others++;
    if (bytes[at + low] === LINE_END && bytes[at + high] === 0) lineEnds++;
    // U+0A00 to U+0AFF are letters that no text here has: this is a line end of one byte.
    if (bytes[at + high] === LINE_END) halves++;
  }
  return (
    (zeros > 8 * others && zeros > (MOST * bytes.length) / 2) || (lineEnds > 1 && lineEnds > 10 * halves)
  );
}

/**
 * Chinese text is mostly pairs of GB 2312's first level (rows 16 to 55, the 3,755 everyday characters) and its punctuation (rows 1 to 3);
 * accented letters of Western text stand alone between plain ones.
 */
export function looksLikeGb18030(bytes: Uint8Array): boolean {
  let everyday = 0;
  let other = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const trail = bytes[i + 1] ?? 0;
    const inLevel = (lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3);
    if (inLevel && trail >= 0xa1 && trail <= 0xfe) everyday++;
    else other++;
    if (trail >= 0x40) i++;
  }
  return everyday > 0 && everyday / (everyday + other) >= 0.7;
}

/** Bytes that Windows-1252 leaves undefined. */
const UNDEFINED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Western text: every byte means something, and most letters are plain. */
export function looksLikeWindows1252(bytes: Uint8Array): boolean {
  const high = bytes.filter((byte) => byte > 0x7f);
  if (high.some((byte) => UNDEFINED.has(byte))) return false;
  const letters = bytes.filter((byte) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a).length;
  return high.length <= letters;
}
