/** `attune transcribe`: words, speakers and times, of files for people or of rows for programs. */
import path from 'node:path';
import { analysisSettings, type AnalysisSettings } from '#contract/analysis/settings.ts';
import type { TranscribedRow } from '#contract/files/transcribe.ts';
import type { Engine } from '#main/engine.ts';
import { readLines } from '#main/services/prediction/lines.ts';
import { transcribeRow, transcribeRows } from '#main/services/prediction/transcribe.ts';
import { argumentsDontFit, readArguments } from './arguments.ts';
import { eachFile } from './each-file.ts';
import { LANGUAGE_HELP, LANGUAGE_OPTIONS, languageArguments } from './language-arguments.ts';
import { peopleArgument } from './people-argument.ts';
import { writeRows } from './write-rows.ts';

export const TRANSCRIBE_HELP = `attune transcribe FILE… [--language en|zh|…|auto] [--recogniser ID|auto] [--speakers N|auto] [--json]
attune transcribe --input rows.jsonl --output out.jsonl [--recogniser ID|auto]
  Words, speakers and times of each recording.
${LANGUAGE_HELP}
  --json          one line of JSON a recording, times in milliseconds, instead of text
  A row in:  {id, path, language?}
  A row out: {id, language, utterances[{start, end, speaker, text, confidence, words[{text, start, end, confidence}]}]}, or {id, error}`;

export async function transcribeCommand(
  args: string[],
  engine: Engine,
  signal: AbortSignal,
): Promise<number> {
  const { values, positionals } = readArguments(TRANSCRIBE_HELP, {
    args,
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      output: { type: 'string' },
      ...LANGUAGE_OPTIONS,
      speakers: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const { input, output } = values;
  const chosen = analysisSettings.safeParse({
    ...languageArguments(values),
    speakers: peopleArgument(values.speakers),
  });
  const rows = input !== undefined && output !== undefined;
  if (!chosen.success || rows === positionals.length > 0) throw argumentsDontFit(TRANSCRIBE_HELP);
  if (rows) {
    const parts = { ...engine, folder: path.dirname(input) };
    await writeRows(transcribeRows(readLines(input), parts, signal, chosen.data), output);
    return 0;
  }
  return transcribeFiles(positionals, chosen.data, values.json === true, engine, signal);
}

async function transcribeFiles(
  files: string[],
  settings: AnalysisSettings,
  json: boolean,
  engine: Engine,
  signal: AbortSignal,
): Promise<number> {
  return eachFile(files, signal, async (file) => {
    const row = await transcribeRow({ id: file, path: file }, engine, signal, settings);
    process.stdout.write(json ? `${JSON.stringify(row)}\n` : asText(row));
  });
}

const asText = ({ utterances }: TranscribedRow): string =>
  utterances
    .map(({ start, speaker, text }) => `${clock(start)}  ${speaker}: ${text || '[no words]'}\n`)
    .join('');

/** 0:07.3 */
function clock(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, '0');
  return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`;
}
