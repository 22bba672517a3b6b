/** `attune analyze FILE…`: the main job without a window. */
import path from 'node:path';
import { analysisSettings } from '#contract/analysis/settings.ts';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { MAX_TRANSCRIPT_BYTES } from '#models/transcript/file/decode-text.ts';
import { AttuneError } from '#contract/errors.ts';
import type { Engine } from '#main/engine.ts';
import { asJob } from '#main/jobs/as-job.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { analyse, STAGE_WEIGHTS } from '#main/services/analysis/analyse.ts';
import { hashOf } from '#main/services/analysis/hash-of.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import { importTranscript } from '#main/services/analysis/imported-transcript.ts';
import { summaryText } from '#main/services/export/summary-text.ts';
import { readSmallFile } from '#main/services/library/read-small-file.ts';
import { SourceFile } from '#main/services/library/source-file.ts';
import { writeResults } from '#main/services/export/write-results.ts';
import { argumentsDontFit, readArguments } from './arguments.ts';
import { eachFile } from './each-file.ts';
import { LANGUAGE_HELP, LANGUAGE_OPTIONS, languageArguments } from './language-arguments.ts';
import { peopleArgument } from './people-argument.ts';

export const ANALYZE_HELP = `attune analyze FILE… [--out DIR] [--transcript FILE] [--language en|zh|…|auto] [--recogniser ID|auto]
               [--speakers N|auto] [--faces-per-second N] [--no-baseline] [--on-camera s1] [--json]
  Reads emotion from words, voice and face of each recording and prints a summary.
  --out DIR       also writes NAME.attune.json and NAME.csv into DIR
  --transcript F  a transcript instead of recognised words: WebVTT, SRT, text, DOCX, TextGrid, EAF, CSV or Attune's JSON
${LANGUAGE_HELP}
  --on-camera s2  whose face is in the picture: s1 left channel, s2 right channel, or a transcript's speaker in order
  --speakers 2    how many people speak in a recording of one channel; auto: as many as voices are found
  --json          prints the whole result as JSON, one line a recording, instead of the summary`;

export const ANALYZE_OPTIONS = {
  out: { type: 'string' },
  transcript: { type: 'string' },
  ...LANGUAGE_OPTIONS,
  speakers: { type: 'string' },
  'faces-per-second': { type: 'string' },
  'on-camera': { type: 'string' },
  'no-baseline': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

function options(args: string[]) {
  const { values, positionals } = readArguments(ANALYZE_HELP, {
    args,
    allowPositionals: true,
    options: ANALYZE_OPTIONS,
  });
  const settings = analysisSettings.safeParse({
    ...languageArguments(values),
    speakers: peopleArgument(values.speakers),
    onCamera: values['on-camera'],
    facesPerSecond: values['faces-per-second'] === undefined ? undefined : Number(values['faces-per-second']),
    personBaseline: values['no-baseline'] === true ? false : undefined,
  });
  if (!settings.success || positionals.length === 0) throw argumentsDontFit(ANALYZE_HELP);
  if (values.transcript !== undefined && positionals.length > 1)
    throw new AttuneError(
      'argument-invalid',
      'A transcript belongs to one recording: give one file with --transcript.',
    );
  return {
    files: positionals,
    settings: settings.data,
    out: values.out,
    transcript: values.transcript,
    json: values.json,
  };
}

type Options = ReturnType<typeof options>;

async function analyseFile(
  file: string,
  given: Options,
  engine: Engine,
  context: WorkContext,
): Promise<AnalysisResult> {
  const input = { kind: 'file', path: file } as const;
  const info = await engine.media.probe(input, { signal: context.signal });
  const source = await SourceFile.open(file);
  try {
    const sha256 = await hashOf(source, context.signal);
    const { imported, notices } = given.transcript
      ? importTranscript(
          given.transcript,
          await readSmallFile(given.transcript, MAX_TRANSCRIPT_BYTES),
          info.durationMs,
        )
      : { imported: null, notices: [] };
    const named = { name: path.basename(file), bytes: source.bytes, sha256 };
    const result = await analyse(
      { input, source: named, info, settings: given.settings, imported, notices },
      { ...engine, cache: new MemoryStageCache() },
      context,
    );
    await source.verifyUnchanged();
    return result;
  } finally {
    await source.close();
  }
}

const AS_JOB = {
  ...({ kind: 'analysis', title: 'Analysing', sessionId: null, recordingId: null } as const),
  stages: STAGE_WEIGHTS,
};

export async function analyzeCommand(args: string[], engine: Engine, signal: AbortSignal): Promise<number> {
  const given = options(args);
  return eachFile(given.files, signal, async (file, { jobs, progress }) => {
    const result = await asJob(jobs, AS_JOB, (context) => analyseFile(file, given, engine, context));
    progress.clear();
    const written = given.out === undefined ? [] : await writeResults(result, given.out);
    process.stdout.write(given.json ? `${JSON.stringify(result)}\n` : summaryText(result));
    if (!given.json) for (const name of written) process.stdout.write(`  wrote ${name}\n`);
  });
}
