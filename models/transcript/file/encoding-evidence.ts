/** What bytes that are not UTF-8 look like. */

/** Shares of zero bytes at even and at odd places: in UTF-16 every Latin letter, digit and line end has one. */
export function zeroBytes(bytes: Uint8Array): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  bytes.forEach((byte, i) => {
    if (byte !== 0) return;
    if (i % 2 === 0) even++;
    else odd++;
  });
  const half = Math.max(1, bytes.length / 2);
  return { even: even / half, odd: odd / half };
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
