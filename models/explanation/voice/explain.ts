/** Which stretches, bands and pauses mattered to a voice's reading. */
import { argmax, type Distribution } from '#contract/emotion/categories.ts';
import type { Effect, VoiceExplanation } from '#contract/explanation/explanation.ts';
import { SAMPLE_RATE_HZ } from '../../sound-rate.ts';
import { trimmed } from '../../voice/level.ts';
import { byScore } from '../order.ts';
import { effectOf, logOdds } from '../effect.ts';
import { BANDS } from './bands.ts';
import type { SampleSpan, SoundChange } from './change.ts';
import { pausesOf } from './pauses.ts';
import { bandChange, cellChange, columnChange, columnsOf, columnsToRefine, piecesOf } from './plan.ts';

/** Readings of a sound with each of the changes, in order. */
export type AskVoice = (samples: Float32Array, changes: SoundChange[]) => Promise<Distribution[]>;

export type VoiceFindings = Omit<VoiceExplanation, 'modality' | 'model' | 'runs' | 'utteranceId'>;

const UNCHANGED: SoundChange = { kind: 'cut', spans: [] };

/**
 * @param samples one utterance, 16 kHz mono, from `startMs` of the recording on
 * @param reading what the analysis read from it: a long utterance is explained by the piece that by itself sounds most like that
 */
export async function explainVoice(
  samples: Float32Array,
  startMs: number,
  reading: Distribution,
  ask: AskVoice,
): Promise<VoiceFindings> {
  const top = argmax(reading);
  // Silence round the speech says nothing, and the model cuts it off too.
  const speech = trimmed(samples);
  const silence = (speech.byteOffset - samples.byteOffset) / samples.BYTES_PER_ELEMENT;
  const pieces = piecesOf(speech.length);
  const readings: Distribution[] = [];
  for (const { start, end } of pieces) readings.push((await ask(speech.slice(start, end), [UNCHANGED]))[0]!);
  const chosen = byScore(readings.map((p) => logOdds(p[top]!)))[0]!;
  const start = silence + pieces[chosen]!.start;
  const piece = samples.slice(start, silence + pieces[chosen]!.end);
  const whole = readings[chosen]!;
  const effects = async (changes: SoundChange[]): Promise<Effect[]> =>
    (await ask(piece, changes)).map((without) => effectOf(whole, without));
  const inRecording = (span: SampleSpan): { startMs: number; endMs: number } => ({
    startMs: startMs + toMs(start + span.start),
    endMs: startMs + toMs(start + span.end),
  });

  const columns = columnsOf(piece.length);
  const pauses = pausesOf(piece);
  const first: SoundChange[] = [
    ...columns.map(columnChange),
    ...BANDS.map((_, band) => bandChange(band, piece.length)),
    ...(pauses.length > 0 ? [{ kind: 'cut', spans: pauses } as const] : []),
  ];
  const firstEffects = await effects(first);
  const columnEffects = firstEffects.slice(0, columns.length);
  const refined = byScore(columnEffects.map((effect) => Math.abs(effect[top]!)))
    .slice(0, columnsToRefine(piece.length, first.length + pieces.length))
    .sort((a, b) => a - b);
  const cells = refined.flatMap((column) => BANDS.map((_, band) => ({ column, band })));
  const cellEffects = await effects(cells.map(({ column, band }) => cellChange(columns[column]!, band)));

  return {
    probabilities: whole,
    span: inRecording({ start: 0, end: piece.length }),
    wholeUtterance: pieces.length === 1,
    columns: columns.map((column, i) => ({
      span: inRecording(column),
      effect: columnEffects[i]!,
      levelDb: levelDb(piece.subarray(column.start, column.end)),
    })),
    bands: BANDS.map((band, i) => ({ ...band, effect: firstEffects[columns.length + i]! })),
    cells: cells.map((cell, i) => ({ ...cell, effect: cellEffects[i]! })),
    pauses: pauses.length > 0 ? { spans: pauses.map(inRecording), effect: firstEffects.at(-1)! } : null,
  };
}

const toMs = (samples: number): number => Math.round((samples * 1000) / SAMPLE_RATE_HZ);

/** Root mean square in dB relative to full scale. */
function levelDb(samples: Float32Array): number {
  const energy = samples.reduce((sum, value) => sum + value * value, 0);
  return 10 * Math.log10(energy / Math.max(1, samples.length) + 1e-10);
}
