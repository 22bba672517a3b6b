/** The obvious simple way, to compare with: one embedding a voice-activity segment, average-linkage clustering by cosine, a threshold. */
import type { Span } from '#contract/units.ts';
import { agglomerate } from '#models/speakers/agglomerate.ts';
import type { VoiceWindow } from '#models/speakers/voices.ts';
import type { SpeakerSpan } from './error-rate.ts';

/** Mean cosine below which two clusters stay apart: the best of thirteen on twenty talks of the tuning half. */
const SAME_VOICE_COSINE = -0.1;

/** From the same voices as Attune's own way, and as there without what all of them share. */
export function rivalTurns(
  segments: readonly Span[],
  windows: readonly VoiceWindow[],
  people: number | null,
  threshold = SAME_VOICE_COSINE,
): SpeakerSpan[] {
  const embeddings = normalised(segments.map((_, i) => windows.filter(({ region }) => region === i)));
  const cosine = embeddings.map((a) => embeddings.map((b) => dot(a, b)));
  const linkage = (a: number[], b: number[]): number => {
    let sum = 0;
    for (const i of a) for (const j of b) sum += cosine[i]![j]!;
    return sum / (a.length * b.length);
  };
  const clusters = agglomerate(
    segments.map((_, i) => [i]),
    {
      join: (a, b) => [...a, ...b],
      gain: linkage,
      goOn: (likeness, left) => (people === null ? likeness >= threshold : left > people),
    },
  );
  return clusters.flatMap((members, i) => members.map((at) => ({ ...segments[at]!, speaker: `s${i}` })));
}

/** Mean of each group less the mean of all, at length 1. */
function normalised(groups: VoiceWindow[][]): Float64Array[] {
  const means = groups.map((windows) => mean(windows.map(({ embedding }) => embedding)));
  const common = mean(groups.flat().map(({ embedding }) => embedding));
  return means.map((own) => {
    const centred = own.map((value, d) => value - common[d]!);
    const length = Math.sqrt(dot(centred, centred)) + 1e-9;
    return centred.map((value) => value / length);
  });
}

function mean(rows: Float32Array[]): Float64Array {
  const sum = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) row.forEach((value, d) => (sum[d]! += value / rows.length));
  return sum;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, d) => sum + value * b[d]!, 0);
