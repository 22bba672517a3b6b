/** Cuts stretches out of streaming audio, each out of its own channel or of all mixed. */
import type { AudioChunk } from '#main/hosts/media/media.ts';
import { mixDown } from './channels.ts';
import type { VoiceSpan } from './kept-voices.ts';
import { SpanCutter, type CutSpan } from './span-cutter.ts';

interface OneChannel {
  channel: number | null;
  /** Places of its spans among all. */
  indices: number[];
  cutter: SpanCutter;
}

export class ChannelCutter {
  private readonly parts: OneChannel[];

  constructor(spans: readonly VoiceSpan[], maxMs: number) {
    this.parts = [...new Set(spans.map(({ channel }) => channel))].map((channel) => {
      const indices = spans.flatMap((span, i) => (span.channel === channel ? [i] : []));
      return {
        channel,
        indices,
        cutter: new SpanCutter(
          indices.map((i) => spans[i]!),
          maxMs,
        ),
      };
    });
  }

  push({ startSample, channels }: AudioChunk): CutSpan[] {
    return this.parts.flatMap(({ channel, indices, cutter }) => {
      const own = channel === null ? undefined : channels[channel];
      return placed(cutter.push(startSample, own ?? mixDown(channels)), indices);
    });
  }

  finish(): CutSpan[] {
    return this.parts.flatMap(({ indices, cutter }) => placed(cutter.finish(), indices));
  }
}

const placed = (cuts: CutSpan[], indices: number[]): CutSpan[] =>
  cuts.map(({ index, samples }) => ({ index: indices[index]!, samples }));
