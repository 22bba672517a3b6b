/** Praat TextGrids, long and short. */
import { MAX_UTTERANCES, tooManyUtterances, type RawTranscript } from '../../raw.ts';
import { fromTiers, type Interval, type TierPair } from '../tiers/tiers.ts';
import { tierUse } from '../tiers/tier-names.ts';
import { PraatTokens } from './tokens.ts';

interface Tier {
  name: string;
  intervals: Interval[];
}

const MAX_TIERS = 1000;
/** An hour has some 10,000 words and three times as many sounds. */
const MAX_INTERVALS = 10 * MAX_UTTERANCES;

export const isTextGrid = (text: string): boolean =>
  /^\s*(?:File type = )?"ooTextFile"\s[\s\S]{0,80}"TextGrid"/.test(text);

/** 'transcript-invalid' with the line where the file is broken. Points in time (TextTiers) and rows of sounds are left out, and counted. */
export function readTextGrid(text: string): RawTranscript {
  const tokens = new PraatTokens(text);
  tokens.string();
  tokens.string();
  tokens.number();
  tokens.number();
  const tiers: Tier[] = [];
  let leftOut = 0;
  const size = tokens.flag() ? tokens.number() : 0;
  if (size > MAX_TIERS) throw tokens.invalid('it promises more than 1,000 tiers');
  for (let i = 0; i < size; i++) {
    const tier = readTier(tokens);
    if (tier === null) leftOut++;
    else tiers.push(tier);
  }
  const { pairs, sounds } = pairUp(tiers);
  return { utterances: fromTiers(pairs), leftOut: leftOut + sounds };
}

function readTier(tokens: PraatTokens): Tier | null {
  const kind = tokens.string();
  const name = tokens.string();
  tokens.number();
  tokens.number();
  const count = tokens.number();
  if (count > MAX_INTERVALS) throw tooManyUtterances();
  const intervals: Interval[] = [];
  for (let i = 0; i < count; i++) {
    const startMs = tokens.milliseconds();
    if (kind === 'IntervalTier')
      intervals.push({ startMs, endMs: tokens.milliseconds(), text: tokens.string() });
    else tokens.string();
  }
  return kind === 'IntervalTier' ? { name, intervals } : null;
}

/** The first row of words of a name belongs to its first row of utterances, the second to the second. */
function pairUp(tiers: readonly Tier[]): { pairs: TierPair[]; sounds: number } {
  const pairs: TierPair[] = [];
  let sounds = 0;
  for (const { name, intervals } of tiers) {
    const { use, speaker } = tierUse(name);
    if (use === 'sounds') sounds++;
    else if (use === 'utterances') pairs.push({ speaker, utterances: intervals, words: [] });
  }
  for (const { name, intervals } of tiers) {
    const { use, speaker } = tierUse(name);
    if (use !== 'words') continue;
    const open = pairs.find((pair) => pair.speaker === speaker && pair.words.length === 0);
    if (open === undefined) pairs.push({ speaker, utterances: [], words: intervals });
    else open.words = intervals;
  }
  return { pairs, sounds };
}
