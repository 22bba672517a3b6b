/** Speakers of the corpora beside the repository, in two halves that share nobody: one to tune on, one to report on. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readSpeech } from '#main/services/evaluation/corpora/speech.ts';
import { groupedBy } from '#models/metrics/grouped.ts';

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');
export const SPEECH = path.join(DATA, 'speech');
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
export async function speakersOf(corpus: Corpus, half: Half): Promise<CorpusSpeaker[]> {
  const all = grouped(corpus === 'librispeech' ? librispeech() : await readSpeech(DATA, corpus));
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

interface Clip {
  speaker: string;
  path: string;
}

function librispeech(): Clip[] {
  const folder = path.join(SPEECH, 'librispeech_test_other');
  const files = readdirSync(folder).filter((name) => name.endsWith('.flac'));
  return files.map((name) => ({ speaker: name.split('-')[0] ?? '', path: path.join(folder, name) }));
}

const grouped = (clips: readonly Clip[]): CorpusSpeaker[] =>
  [...groupedBy(clips, ({ speaker }) => speaker)]
    .map(([id, own]) => ({ id, clips: own.map((clip) => clip.path).sort() }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
