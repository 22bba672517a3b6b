/** Speakers of the corpora beside the repository, in two halves that share nobody: one to tune on, one to report on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const SPEECH = path.resolve(import.meta.dirname, '../../../shared/data/speech');
export const hasCorpora = (): boolean =>
  ['librispeech_test_other', 'ravdess', 'nemo', 'esc10'].every((name) => existsSync(path.join(SPEECH, name)));

export interface CorpusSpeaker {
  id: string;
  /** Sound files of this speaker alone. */
  clips: string[];
}

export type Half = 'tune' | 'report';
export type Corpus = 'librispeech' | 'ravdess' | 'nemo';

/** Every second speaker goes into the other half; RAVDESS by pairs, for its actors are a man and a woman in turn. */
export function speakersOf(corpus: Corpus, half: Half): CorpusSpeaker[] {
  const all = corpus === 'librispeech' ? librispeech() : labelled(corpus);
  const group = corpus === 'ravdess' ? 2 : 1;
  return all.filter((_, i) => Math.floor(i / group) % 2 === (half === 'tune' ? 1 : 0));
}

/** One recording of each of ten kinds of noise. */
export const noises = (half: Half): string[] =>
  readdirSync(path.join(SPEECH, 'esc10'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ogg'))
    .sort()
    .filter((_, i) => i % 2 === (half === 'tune' ? 1 : 0))
    .map((name) => path.join(SPEECH, 'esc10', name));

function librispeech(): CorpusSpeaker[] {
  const folder = path.join(SPEECH, 'librispeech_test_other');
  const files = readdirSync(folder).filter((name) => name.endsWith('.flac'));
  return grouped(files.map((name) => [name.split('-')[0] ?? '', path.join(folder, name)]));
}

/** The columns read lie before any quoted text. */
function labelled(corpus: 'ravdess' | 'nemo'): CorpusSpeaker[] {
  const folder = path.join(SPEECH, corpus);
  const [, ...lines] = readFileSync(path.join(folder, 'labels.csv'), 'utf8').trim().split(/\r?\n/);
  return grouped(
    lines.map((line) => {
      const [clip = '', , speaker = ''] = line.split(',');
      return [speaker, path.join(folder, clip)];
    }),
  );
}

function grouped(rows: [speaker: string, clip: string][]): CorpusSpeaker[] {
  const clips = new Map<string, string[]>();
  for (const [speaker, clip] of rows) clips.set(speaker, [...(clips.get(speaker) ?? []), clip]);
  return [...clips].map(([id, own]) => ({ id, clips: own.sort() })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
