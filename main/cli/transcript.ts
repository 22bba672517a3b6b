/** `attune transcript convert`: a transcript from any format to any other, and what that loses. */
import path from 'node:path';
import {
  FORMAT_NAMES,
  LOSSES,
  TRANSCRIPT_FORMATS,
  transcriptFormat,
  type Loss,
  type TranscriptFormat,
} from '#contract/transcript/formats.ts';
import { transcriptRemarks } from '#main/services/analysis/imported-transcript.ts';
import { writeFileWhole } from '#main/services/export/write-file.ts';
import { readSmallFile } from '#main/services/library/read-small-file.ts';
import { MAX_TRANSCRIPT_BYTES } from '#models/transcript/file/decode-text.ts';
import { parseClock } from '#models/transcript/formats/cues/cue-time.ts';
import { lossesOf } from '#models/transcript/losses.ts';
import { readTranscript } from '#models/transcript/read-transcript.ts';
import { writeTranscript } from '#models/transcript/write-transcript.ts';
import { argumentsDontFit, readArguments } from './arguments.ts';

export const TRANSCRIPT_HELP = `attune transcript convert FILE --to ${TRANSCRIPT_FORMATS.join('|')} --out FILE [--duration H:MM:SS] [--lossless]
  From any of these formats, and the exports of Otter, Zoom, Teams and Google Meet, to another. Says first what would be lost.
  --out FILE   left out: only says what would be lost
  --duration   the recording's length: what lies past its end is left out, and times that are missing are spread over it
  --lossless   writes nothing if anything would be lost`;

interface Options {
  file: string;
  to: TranscriptFormat;
  out: string | undefined;
  durationMs: number;
  lossless: boolean;
}

function options(args: string[]): Options {
  const { values, positionals } = readArguments(TRANSCRIPT_HELP, {
    args,
    allowPositionals: true,
    options: {
      ...{ to: { type: 'string' }, out: { type: 'string' }, duration: { type: 'string' } },
      lossless: { type: 'boolean' },
    },
  });
  const [verb, file, ...more] = positionals;
  const wanted = values.to ?? path.extname(values.out ?? '').slice(1);
  const to = transcriptFormat.safeParse(wanted.toLowerCase());
  const durationMs = values.duration === undefined ? Infinity : parseClock(values.duration);
  if (verb !== 'convert' || file === undefined || more.length > 0 || !to.success || !(durationMs > 0))
    throw argumentsDontFit(TRANSCRIPT_HELP);
  return { file, to: to.data, out: values.out, durationMs, lossless: values.lossless ?? false };
}

function sentence({ code, count }: Loss): string {
  const { of, what } = LOSSES[code];
  return of === null ? `  ${what}` : `  ${count} ${of}${count === 1 ? '' : 's'}: ${what}`;
}

export async function transcriptCommand(args: string[]): Promise<number> {
  const { file, to, out, durationMs, lossless } = options(args);
  const bytes = await readSmallFile(file, MAX_TRANSCRIPT_BYTES);
  const read = readTranscript(path.basename(file), bytes, durationMs);
  const { utterances, speakers } = read.transcript;
  const said = [
    `${FORMAT_NAMES[read.format]}: ${utterances.length} utterances, ${speakers.length} speakers`,
    ...transcriptRemarks(read).map(({ message }) => `  ${message}`),
  ];
  const losses = lossesOf(read.transcript, to);
  said.push(
    losses.length === 0 ? `${FORMAT_NAMES[to]} holds all of it.` : `${FORMAT_NAMES[to]} cannot hold all:`,
  );
  process.stderr.write(`${[...said, ...losses.map(sentence)].join('\n')}\n`);
  if (lossless && losses.length > 0) return 1;
  if (out === undefined) return 0;
  await writeFileWhole(out, writeTranscript(read.transcript, to).bytes);
  process.stderr.write(`wrote ${out}\n`);
  return 0;
}
