/** One audio file as embeddings: short clips whole, long ones in windows, so that a two-hour file needs no more memory than a short one. */
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks, VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import { mixDown } from '#main/services/analysis/channels.ts';
import { AttuneError } from '#contract/errors.ts';

const WINDOW_SAMPLES = 30 * SAMPLE_RATE_HZ;

export async function embedClip(
  path: string,
  media: MediaTools,
  inference: HostClient<InferenceTasks>,
  signal: AbortSignal,
): Promise<VoiceEmbedding[]> {
  const input = { kind: 'file', path } as const;
  const info = await media.probe(input, { signal });
  if (!info.audio) throw new AttuneError('media-no-streams', 'The file holds no sound.');
  const embeddings: VoiceEmbedding[] = [];
  let window: Float32Array[] = [];
  let filled = 0;
  const flush = async (): Promise<void> => {
    const samples = new Float32Array(filled);
    let at = 0;
    for (const part of window) {
      samples.set(part, at);
      at += part.length;
    }
    window = [];
    filled = 0;
    embeddings.push(await inference.call('voice.embed', { samples }, { signal }));
  };
  for await (const { channels } of media.audio(input, info, { signal })) {
    const samples = mixDown(channels);
    window.push(samples);
    filled += samples.length;
    if (filled >= WINDOW_SAMPLES) await flush();
  }
  if (filled > 0 || embeddings.length === 0) await flush();
  return embeddings;
}
