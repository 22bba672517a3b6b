/** `attune predict text|voice|face`: the shipped models on many items, a row in, a row out. */
import path from 'node:path';
import { modality, type Modality } from '#contract/emotion/evidence.ts';
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import type { Engine } from '#main/engine.ts';
import { readLines } from '#main/services/prediction/lines.ts';
import { predictFace } from '#main/services/prediction/predict-face.ts';
import { predictText } from '#main/services/prediction/predict-text.ts';
import { predictVoice } from '#main/services/prediction/predict-voice.ts';
import { argumentsDontFit, readArguments } from './arguments.ts';
import { writeRows } from './write-rows.ts';

export const PREDICT_HELP = `attune predict text|voice|face --input rows.jsonl --output out.jsonl
  A row in:  {id, text, language?, context?[]}, {id, path, speaker?} or {id, path, cropped?}
  A row out: probabilities, fine labels, valence/arousal/dominance, confidence, quality, or {id, error}`;

function rows(
  kind: Modality,
  input: string,
  engine: Engine,
  signal: AbortSignal,
): AsyncGenerator<PredictedRow | FailedRow> {
  const lines = readLines(input);
  const parts = { ...engine, folder: path.dirname(input) };
  switch (kind) {
    case 'text':
      return predictText(lines, parts, signal);
    case 'voice':
      return predictVoice(lines, parts, signal);
    case 'face':
      return predictFace(lines, parts, signal);
  }
}

export async function predictCommand(args: string[], engine: Engine, signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments(PREDICT_HELP, {
    args,
    allowPositionals: true,
    options: { input: { type: 'string' }, output: { type: 'string' } },
  });
  const kind = modality.safeParse(positionals[0]);
  const { input, output } = values;
  if (!kind.success || input === undefined || output === undefined) throw argumentsDontFit(PREDICT_HELP);

  await writeRows(rows(kind.data, input, engine, signal), output);
  return 0;
}
