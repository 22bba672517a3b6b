/** `attune predict text|voice|face`: the shipped models on many items, a row in, a row out. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { modality, type Modality } from '#contract/emotion/evidence.ts';
import type { FailedRow, PredictedRow } from '#contract/files/predict.ts';
import type { Engine } from '#main/engine.ts';
import { readLines } from '#main/services/prediction/lines.ts';
import { predictFace } from '#main/services/prediction/predict-face.ts';
import { predictText } from '#main/services/prediction/predict-text.ts';
import { predictVoice } from '#main/services/prediction/predict-voice.ts';
import { surenessOf, type Sureness } from '#main/services/prediction/row.ts';
import { surenessAtError, type SurenessFound } from '#main/services/prediction/set-error.ts';
import { argumentsDontFit, readArguments } from './arguments.ts';
import { writeRows } from './write-rows.ts';

export const PREDICT_HELP = `attune predict text|voice|face --input rows.jsonl --output out.jsonl [--labelled rows.jsonl --wrong-at-most 0.2]
  Runs the shipped models on many items: JSON lines in, JSON lines out, a row for a row in the same order (docs/formats/predict.md).
  text row:  {id, text, language?, context?[]}  context: what was said before, oldest first; makes the text a turn of talk
  voice row: {id, path, speaker?}               rows of one speaker are read against that speaker's own voice
  face row:  {id, path, cropped?}               cropped: the picture is one face; else the largest that is found is read
  What has a ? may be null. A relative path is looked for from here, then from the folder of the rows.
  --labelled, --wrong-at-most: rows of the same kind, each with a label (one of the seven categories), on which it is found how sure an
                 answer must be so that at most this share of those given is wrong; the others abstain
  row out:   {id, probabilities{7}, fine{}, labels[], vad{valence, arousal, dominance?: {mean, sd}}, intensity, intensities?{},
              confidence, abstained, quality, reasons[]}, or {id, error{code, message}}`;

interface Asked {
  readonly kind: Modality;
  /** The file of the rows. */
  readonly input: string;
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/** @param sureness left out: rows abstain where an analysis does */
function predicted(
  lines: AsyncIterable<string | null>,
  { kind, input, engine, signal }: Asked,
  sureness?: Sureness,
): AsyncGenerator<PredictedRow | FailedRow> {
  const parts = { ...engine, folder: path.dirname(input), ...(sureness && { sureness }) };
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
    options: {
      input: { type: 'string' },
      output: { type: 'string' },
      labelled: { type: 'string' },
      'wrong-at-most': { type: 'string' },
    },
  });
  const kind = modality.safeParse(positionals[0]);
  const { input, output, labelled, 'wrong-at-most': share } = values;
  if (!kind.success || input === undefined || output === undefined) throw argumentsDontFit(PREDICT_HELP);
  // Neither says anything without the other.
  if ((labelled === undefined) !== (share === undefined)) throw argumentsDontFit(PREDICT_HELP);
  const known = labelled === undefined ? undefined : { file: labelled, error: Number(share) };
  if (known && !(known.error > 0 && known.error < 1)) throw argumentsDontFit(PREDICT_HELP);

  // Told before the labelled rows are read, which may take hours.
  if (known && !existsSync(input))
    throw new AttuneError('file-not-found', 'There is no file of rows at the place of --input.');
  const asked = { kind: kind.data, input, engine, signal };
  // Within what is written, so that a place that can't be written to is told before anything is read.
  async function* rows(): AsyncGenerator<PredictedRow | FailedRow> {
    const sureness = known && (await surenessOn({ ...asked, input: known.file }, known.error));
    yield* predicted(readLines(asked.input), asked, sureness);
  }
  await writeRows(rows(), output);
  return 0;
}

async function surenessOn(labelled: Asked, error: number): Promise<Sureness> {
  const found = await surenessAtError(
    readLines(labelled.input),
    (lines) => predicted(lines, labelled),
    error,
    surenessOf(labelled.engine.models),
  );
  process.stderr.write(`${foundSureness(found, error)}\n`);
  return found.sureness;
}

function foundSureness(
  { sureness, rows, failed, poor, answered, wrong }: SurenessFound,
  error: number,
): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const left = [
    failed > 0 ? `, ${failed} could not be read` : '',
    poor > 0 ? `, ${poor} of too little quality` : '',
  ].join('');
  if (answered === 0)
    return `No confidence is enough for at most ${percent(error)} of answers to be wrong, on ${rows} labelled rows${left}: every row abstains.`;
  return (
    `Answered from a confidence of ${sureness.abstainBelow.toFixed(3)} on: ${answered} of ${rows} labelled rows${left}; ${percent(wrong / answered)} of those answered wrong. ` +
    'On rows of another kind more may be wrong.'
  );
}
