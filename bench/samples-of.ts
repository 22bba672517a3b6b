/** A sound file as 16 kHz mono samples, whole, decoded as the app does it. */
import type { MediaTools } from '#main/hosts/media/media.ts';
import { mixDown } from '#main/services/analysis/channels.ts';

export async function samplesOf(
  file: string,
  { media, signal = new AbortController().signal }: { media: MediaTools; signal?: AbortSignal },
): Promise<Float32Array> {
  const input = { kind: 'file', path: file } as const;
  const info = await media.probe(input, { signal });
  const parts: Float32Array[] = [];
  for await (const { channels } of media.audio(input, info, { signal })) parts.push(mixDown(channels));
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}
