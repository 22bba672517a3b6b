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
  Runs the shipped models on many items: JSON lines in, JSON lines out, a row for a row in the same order (docs/formats/predict.md).
  text row:  {id, text, language?, context?[]}  context: what was said before, oldest first; makes the text a turn of talk
  voice row: {id, path, speaker?}               rows of one speaker are read against that speaker's own voice
  face row:  {id, path, cropped?}               cropped: the picture is one face; else the largest that is found is read
  What has a ? may be null. A relative path is looked for from here, then from the folder of the rows.
  row out:   {id, probabilities{7}, fine{}, labels[], vad{valence, arousal, dominance?: {mean, sd}}, intensity, intensities?{},
              confidence, abstained, quality, reasons[]}, or {id, error{code, message}}`;

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
