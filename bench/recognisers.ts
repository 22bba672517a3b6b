/** Error rates and speed of the recognisers: Whisper on other languages (asr_multilang), both on English (LibriSpeech test-other). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultAnalysisSettings, type AnalysisSettings } from '#contract/analysis/settings.ts';
import type { Engine } from '#main/engine.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { importWhisper } from '#main/services/models/import-whisper.ts';
import { pathSource } from '#main/services/models/path-source.ts';
import { listenToFile } from '#main/services/prediction/transcribe.ts';
import { alignWords } from './robustness/text/align.ts';

const SHARED = path.resolve(import.meta.dirname, '../../shared');
const SPEECH = path.join(SHARED, 'data/speech');
const WHISPER = path.join(SHARED, 'models/whisper-base');
/** Scored by characters: what a word is depends on who cuts it. */
const BY_CHARACTER = new Set(['zh', 'ja', 'ko']);
/** Of the 37 with a text: each costs a Whisper pass of half a minute of sound. */
const ENGLISH_CLIPS = 12;

interface Clip {
  file: string;
  said: string;
}
interface Score {
  errors: number;
  length: number;
  tookMs: number;
  speechMs: number;
  /** Languages that were found. */
  found: string[];
}

export async function benchRecognisers(engine: Engine, modelsFolder: string): Promise<void> {
  if (!existsSync(WHISPER) || !existsSync(SPEECH)) {
    console.log('\nRecognisers: left out, it needs ../shared/models and ../shared/data/speech');
    return;
  }
  if ((await engine.whispers()).length === 0) {
    const parts = { modelsFolder, inference: engine.inference };
    await importWhisper(await pathSource(WHISPER), parts, silentWork(new AbortController().signal));
  }
  console.log('\nRecognisers; error rate over all clips of a language, speed of the recogniser alone');
  const folder = path.join(SPEECH, 'asr_multilang');
  let right = 0;
  let asked = 0;
  for (const region of readdirSync(folder)) {
    const language = region.slice(0, 2);
    const clips = multilingual(path.join(folder, region, 'training'));
    const score = await scored(clips, language, engine, { recogniser: 'whisper' });
    right += score.found.filter((found) => found === language).length;
    asked += clips.length;
    print(`Whisper base, ${region}, language detected`, language, clips.length, score);
  }
  console.log(`  language right: ${right} of ${asked} clips`);
  const english = librispeech().slice(0, ENGLISH_CLIPS);
  for (const recogniser of ['moonshine', 'whisper'])
    print(
      `${recogniser}, LibriSpeech test-other`,
      'en',
      english.length,
      await scored(english, 'en', engine, { recogniser, language: 'en' }),
    );
}

async function scored(
  clips: readonly Clip[],
  language: string,
  engine: Engine,
  chosen: Partial<AnalysisSettings>,
): Promise<Score> {
  const score: Score = { errors: 0, length: 0, tookMs: 0, speechMs: 0, found: [] };
  for (const { file, said } of clips) {
    const settings = { ...defaultAnalysisSettings(), ...chosen };
    const heard = await listenToFile(file, settings, engine, new AbortController().signal);
    const text = heard.transcript.utterances.map((u) => u.text).join(' ');
    const reference = units(said, language);
    score.errors += alignWords(reference, units(text, language)).filter(({ from, to }) => from !== to).length;
    score.length += reference.length;
    // Of the recogniser alone: loading it is not in it.
    score.tookMs += heard.recognition?.tookMs ?? 0;
    score.speechMs += heard.recognition?.speechMs ?? 0;
    score.found.push(heard.transcript.language ?? '');
    if (process.env['ATTUNE_BENCH_HEARD']) console.log(`    ${text}`);
  }
  return score;
}

function print(what: string, language: string, clips: number, score: Score): void {
  const rate = BY_CHARACTER.has(language) ? 'CER' : 'WER';
  const unit = BY_CHARACTER.has(language) ? 'characters' : 'words';
  console.log(
    `  ${what}: ${rate} ${(score.errors / score.length).toFixed(3)} (${clips} clips, ${score.length} ${unit}), ` +
      `${(score.tookMs / score.speechMs).toFixed(3)} x real time of ${Math.round(score.speechMs / 1000)} s speech`,
  );
}

/** Letters and digits alone, lower-case; one character each, or one word. */
function units(text: string, language: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  if (BY_CHARACTER.has(language)) return Array.from(plain.replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return plain.replaceAll(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** `file<TAB>text` a line; the sound is kept as Opus. */
function multilingual(folder: string): Clip[] {
  const lines = readFileSync(path.join(folder, 'trans.txt'), 'utf8').replace('\uFEFF', '').trim().split('\n');
  return lines.map((line) => {
    const [name = '', said = ''] = line.split('\t');
    return { file: path.join(folder, name.replace(/\.wav$/, '.opus')), said };
  });
}

function librispeech(): Clip[] {
  const folder = path.join(SPEECH, 'librispeech_test_other');
  const lines = readFileSync(path.join(folder, 'refs.tsv'), 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const [name = '', said = ''] = line.split('\t');
    return said.trim() === '' ? [] : [{ file: path.join(folder, name), said }];
  });
}
