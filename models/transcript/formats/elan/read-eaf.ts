/** ELAN annotation documents (EAF 2 and 3): tiers of annotations between time slots. */
import { walkXml } from '../../file/xml.ts';
import { invalidTranscript, MAX_UTTERANCES, tooManyUtterances, type RawTranscript } from '../../raw.ts';
import { fromTiers, type Interval, type TierPair } from '../tiers/tiers.ts';
import { tierUse } from '../tiers/tier-names.ts';
import { slotTimes, type Slot } from './time-slots.ts';

interface Tier {
  id: string;
  participant: string;
  parent: string | null;
  language: string | null;
  intervals: Interval[];
}

interface Annotation {
  from: string;
  to: string;
  text: string;
}

export const ROOT = 'ANNOTATION_DOCUMENT';
const MAX_ANNOTATIONS = 10 * MAX_UTTERANCES;

/**
 * Tiers without a parent are utterances of their participant, a child tier of words holds the words; others (translations, glosses, gestures below
 * an utterance) are left out, and counted. 'transcript-invalid' with the line for broken XML or one with a DTD.
 */
export function readEaf(xml: string): RawTranscript {
  const tiers = tiersOf(xml);
  const used = new Set<Tier>();
  const pairs = tiers
    .filter(({ parent, intervals }) => parent === null && intervals.length > 0)
    .map((tier): TierPair => {
      const words = tiers.find((child) => child.parent === tier.id && holdsWords(child, tier));
      used.add(tier);
      if (words !== undefined) used.add(words);
      const speaker = tier.participant === '' ? tierUse(tier.id).speaker : tier.participant;
      return { speaker, utterances: tier.intervals, words: words?.intervals ?? [] };
    });
  const language = tiers.find((tier) => used.has(tier) && tier.language !== null)?.language ?? null;
  return { utterances: fromTiers(pairs), language, leftOut: tiers.length - used.size };
}

/** By its name, or because most of what it holds stands in the utterances above it. */
function holdsWords(child: Tier, above: Tier): boolean {
  if (child.intervals.length === 0) return false;
  if (tierUse(child.id).use === 'words') return true;
  const said = above.intervals.map(({ text }) => text).join(' ');
  const found = child.intervals.filter(({ text }) => text.trim() !== '' && said.includes(text.trim())).length;
  return found >= 0.9 * child.intervals.length;
}

function tiersOf(xml: string): Tier[] {
  const slots: Slot[] = [];
  const tiers: (Omit<Tier, 'intervals'> & { annotations: Annotation[] })[] = [];
  let root = '';
  let annotation: Annotation | null = null;
  let inValue = false;
  let count = 0;
  walkXml(xml, {
    open(name, given) {
      root ||= name;
      if (name === 'TIME_SLOT')
        slots.push({ id: given['TIME_SLOT_ID'] ?? '', ms: Number(given['TIME_VALUE'] ?? NaN) });
      else if (name === 'TIER')
        tiers.push({
          id: given['TIER_ID'] ?? '',
          participant: (given['PARTICIPANT'] ?? '').trim(),
          parent: given['PARENT_REF'] ?? null,
          language: given['LANG_REF'] ?? given['DEFAULT_LOCALE'] ?? null,
          annotations: [],
        });
      else if (name === 'ALIGNABLE_ANNOTATION') {
        if (++count > MAX_ANNOTATIONS) throw tooManyUtterances();
        annotation = { from: given['TIME_SLOT_REF1'] ?? '', to: given['TIME_SLOT_REF2'] ?? '', text: '' };
      } else if (name === 'ANNOTATION_VALUE') inValue = true;
    },
    text(piece) {
      if (inValue && annotation !== null) annotation.text += piece;
    },
    close(name) {
      if (name === 'ANNOTATION_VALUE') inValue = false;
      else if (name === 'ALIGNABLE_ANNOTATION' && annotation !== null) {
        tiers.at(-1)?.annotations.push(annotation);
        annotation = null;
      }
    },
  });
  if (root !== ROOT) throw invalidTranscript('The XML is no ELAN annotation document.');
  const times = slotTimes(
    slots,
    tiers.map(({ annotations }) => annotations.flatMap(({ from, to }) => [from, to])),
  );
  const time = (slot: string): number => {
    const ms = times.get(slot);
    if (ms === undefined) throw invalidTranscript('An annotation of the ELAN document has no times.');
    return ms;
  };
  return tiers.map(({ annotations, ...tier }) => ({
    ...tier,
    intervals: annotations.map(({ from, to, text }) => ({ startMs: time(from), endMs: time(to), text })),
  }));
}
