/** What the catalogue says of a Whisper model that was brought in. */
import { createHash } from 'node:crypto';
import type { ModelFile, ModelManifest } from '#contract/models/manifest.ts';
import type { WhisperDescription } from '#models/speech/whisper/folder.ts';

const BITS: Readonly<Record<string, string>> = { '': '32 bit', q4: '4 bit' };

/** From what its makers, or the person, call it; always begins with "whisper". */
export function idOf(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const slug = plain.replaceAll(/^-|-$/g, '').slice(0, 48);
  return slug.startsWith('whisper') ? slug : `whisper-${slug}`;
}

/** Its version is its files' own: the first digits of the hash over their hashes. */
export function manifestOf(
  id: string,
  { languages, settings }: WhisperDescription,
  precision: string,
  files: ModelFile[],
): ModelManifest {
  const hash = createHash('sha256').update(files.map(({ sha256 }) => sha256).join('\n'));
  const size = id.replace(/^whisper-?/, '').replaceAll('-', ' ');
  const known = languages.length === 1 ? languages[0]! : `${languages.length} languages`;
  return {
    id,
    version: hash.digest('hex').slice(0, 12),
    task: 'speech-recognition-multilingual',
    title: ['Whisper', size, ...[`(${known}, ${BITS[precision] ?? '8 bit'})`]].filter(Boolean).join(' '),
    source: { kind: 'imported' },
    files,
    licence: 'as its makers state',
    nonCommercial: false,
    notice: '',
    languages,
    settings,
  };
}
