/** Bytes of a text file to a string, whatever wrote it. */
import { invalidTranscript } from './raw.ts';

export const MAX_TRANSCRIPT_BYTES = 64 << 20;

/**
 * UTF-8 or UTF-16 by byte-order mark; without one UTF-16 where every other byte is zero; otherwise UTF-8, and Windows-1252 where the bytes
 * aren't UTF-8. The mark is left out. 'transcript-invalid' over 64 MiB.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > MAX_TRANSCRIPT_BYTES) throw invalidTranscript('The transcript is larger than 64 MiB.');
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const start = bytes.subarray(0, 64);
  const zeros = (parity: number): number => start.filter((byte, i) => byte === 0 && i % 2 === parity).length;
  if (start.length >= 8 && zeros(1) > start.length / 4) return new TextDecoder('utf-16le').decode(bytes);
  if (start.length >= 8 && zeros(0) > start.length / 4) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
