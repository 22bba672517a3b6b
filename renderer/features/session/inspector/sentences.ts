/** Figures as words. */
import { saidBy } from '../../../lib/emotion-style.ts';
import { i18n } from '../../../lib/i18n/index.svelte.ts';
import type { Moment } from './moment.ts';

/** Below this, in bits, the modalities say the same for all that can be told. */
const AGREE_BELOW_BITS = 0.1;

export const qualityWord = (quality: number): 'good' | 'fair' | 'poor' =>
  quality >= 0.75 ? 'good' : quality >= 0.4 ? 'fair' : 'poor';

/** Null with fewer than two modalities: then there is nothing to agree on. One that is not sure neither agrees nor disagrees. */
export function disagreementSentence(moment: Moment, limit: number): { text: string; calm: boolean } | null {
  const { disagreementBits } = moment;
  const m = i18n.m.inspector;
  if (disagreementBits === null) return null;
  const said = moment.modalities.flatMap(({ modality, evidence }) =>
    evidence ? [{ modality, top: saidBy(evidence.probabilities, limit) }] : [],
  );
  const named = said.flatMap(({ top }) => (top === 'not-sure' ? [] : [top]));
  if (named.length < 2) return said.length < 2 ? null : { text: m.tooUnsure, calm: true };
  if (disagreementBits < AGREE_BELOW_BITS || new Set(named).size < 2) return { text: m.agree, calm: true };
  const parts = said.map(({ modality, top }) =>
    top === 'not-sure' ? m.unclear[modality] : m.sentence[modality](i18n.m.words.adjective[top]),
  );
  return { text: m.disagree(i18n.f.two(disagreementBits), m.join(parts)), calm: false };
}
