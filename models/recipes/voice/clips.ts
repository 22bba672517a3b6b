import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One labelled clip of the corpora beside the repository. */
export interface LabelledClip {
  readonly id: string;
  readonly path: string;
  readonly corpus: string;
  readonly speaker: string;
  /** One of the nine fine classes. */
  readonly label: string;
  /** RAVDESS: acted strongly. */
  readonly strong: boolean;
}

export const CORPORA = ['ravdess', 'emodb', 'nemo'];
const SPEECH = fileURLToPath(new URL('../../../../shared/data/speech/', import.meta.url));
const SPELLINGS: Record<string, string> = {
  fearful: 'fear',
  happy: 'happiness',
  sad: 'sadness',
  angry: 'anger',
  surprised: 'surprise',
};

/** All clips of RAVDESS, EmoDB and nEMO, labels spelt alike; the only columns read lie before any quoted text. */
export function readClips(corpora: readonly string[] = CORPORA): LabelledClip[] {
  return corpora.flatMap((corpus) => {
    const [, ...lines] = readFileSync(`${SPEECH}${corpus}/labels.csv`, 'utf8').trim().split(/\r?\n/);
    return lines.map((line) => {
      const [path = '', label = '', speaker = ''] = line.split(',');
      return {
        id: `${corpus}/${path}`,
        path: `${SPEECH}${corpus}/${path}`,
        corpus,
        speaker: `${corpus}-${speaker}`,
        label: SPELLINGS[label] ?? label,
        strong: corpus === 'ravdess' && path.split('/').at(-1)?.split('-')[3] === '02',
      };
    });
  });
}
