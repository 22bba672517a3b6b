/** One audio file as embeddings: short clips whole, long ones in windows, so that a two-hour file needs no more memory than a short one. */
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks, VoiceEmbedding } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import { mixDown } from '#main/services/analysis/channels.ts';
import { AttuneError } from '#contract/errors.ts';

const WINDOW_SAMPLES = 30 * SAMPLE_RATE_HZ;
/** Less than this at a clip's end is too little to read by itself: the window before holds it too. */
const SHORTEST_TAIL_SAMPLES = 3 * SAMPLE_RATE_HZ;

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
  let waiting: Float32Array[] = [];
  let waitingSamples = 0;
  const embed = async (most: number): Promise<void> => {
    const all = new Float32Array(waitingSamples);
    let at = 0;
    for (const part of waiting) {
      all.set(part, at);
      at += part.length;
    }
    const [samples, rest] = [all.slice(0, most), all.slice(most)];
    waiting = [rest];
    waitingSamples = rest.length;
    embeddings.push(await inference.call('voice.embed', { samples }, { signal }));
  };
  for await (const { channels } of media.audio(input, info, { signal })) {
    const samples = mixDown(channels);
    waiting.push(samples);
    waitingSamples += samples.length;
    while (waitingSamples >= WINDOW_SAMPLES + SHORTEST_TAIL_SAMPLES) await embed(WINDOW_SAMPLES);
  }
  if (waitingSamples > 0 || embeddings.length === 0) await embed(waitingSamples);
  return embeddings;
}
