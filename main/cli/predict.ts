/** `attune predict text|voice|face`: the shipped models on many items, a row in, a row out. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { AttuneError } from '#contract/errors.ts';
import { modality, type Modality } from '#contract/emotion/evidence.ts';
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import type { Engine } from '#main/engine.ts';
import { readLines } from '#main/services/prediction/lines.ts';
import { predictFace } from '#main/services/prediction/predict-face.ts';
import { predictText } from '#main/services/prediction/predict-text.ts';
import { predictVoice } from '#main/services/prediction/predict-voice.ts';

export const PREDICT_HELP = `attune predict text|voice|face --input rows.jsonl --output out.jsonl
  A row in:  {id, text, language?, context?[]}, {id, path, speaker?} or {id, path, cropped?}
  A row out: probabilities, fine labels, valence/arousal/dominance, confidence, quality, or {id, error}`;

const EVERY_ROWS = 500;

function rows(
  kind: Modality,
  input: string,
  engine: Engine,
  signal: AbortSignal,
): AsyncGenerator<PredictedRow | FailedRow> {
  const lines = readLines(input);
  switch (kind) {
    case 'text':
      return predictText(lines, engine.inference, signal);
    case 'voice':
      return predictVoice(lines, engine.media, engine.inference, signal);
    case 'face':
      return predictFace(lines, engine.media, engine.inference, signal);
  }
}

export async function predictCommand(args: string[], engine: Engine, signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { input: { type: 'string' }, output: { type: 'string' } },
  });
  const kind = modality.safeParse(positionals[0]);
  const { input, output } = values;
  if (!kind.success || input === undefined || output === undefined)
    throw new AttuneError('argument-invalid', `These arguments don't fit.\n${PREDICT_HELP}\n`);

  const temporary = `${output}.${process.pid}.part`;
  const out = createWriteStream(temporary);
  // Registered at once: an unwritable folder is told before the first row is read.
  const broken = once(out, 'error').then(([cause]) => {
    throw new AttuneError('output-not-writable', 'The output file could not be written.', { cause });
  });
  let count = 0;
  let failed = 0;
  const write = async (): Promise<void> => {
    for await (const row of rows(kind.data, input, engine, signal)) {
      count++;
      if ('error' in row) failed++;
      if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain');
      if (count % EVERY_ROWS === 0) process.stderr.write(`${count} rows\n`);
    }
    out.end();
    await once(out, 'close');
    await rename(temporary, output);
  };
  try {
    await Promise.race([write(), broken]);
  } catch (error) {
    out.destroy();
    await rm(temporary, { force: true });
    throw error;
  }
  process.stderr.write(`${count} rows, ${failed} of them with an error\n`);
  return 0;
}
