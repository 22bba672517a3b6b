/** English wording of explanations: what mattered to a reading, never why a person did something. */
import type { FaceRegion } from '#contract/explanation/explanation.ts';
import type { Format } from './format.ts';

/** Parts that spoke for a category and against it, already worded. */
export interface NamedFindings {
  readonly speaksFor: readonly string[];
  readonly against: readonly string[];
}

export const enWhy = (f: Format) => ({
  title: 'What mattered to the reading',
  show: 'Why?',
  hide: 'Hide',
  towards: 'Shown for',
  eachOnes: 'what each reads',
  spokeFor: (what: string) => `for ${what}`,
  legend:
    'The model was asked again without each part. + spoke for the category, − against it; more signs, more strongly. This is about the reading, not about why somebody said or did anything.',
  asking: 'Asking the model again',
  cancelled: 'Cancelled; nothing else was touched.',
  effect: (nats: string, what: string) => `${nats} log-odds for ${what}`,
  speaksFor: ' (speaks for it)',
  speaksAgainst: ' (speaks against it)',
  quoted: (word: string) => `“${word}”`,
  sentence: ({ speaksFor, against }: NamedFindings) => {
    if (speaksFor.length === 0 && against.length === 0)
      return 'No part mattered much by itself: the reading rests on the whole.';
    const objection = against.length === 0 ? '' : `against it: ${f.list(against)}`;
    return speaksFor.length === 0
      ? `No part spoke for it by itself; ${objection}.`
      : `Mostly ${f.list(speaksFor)}${objection && `; ${objection}`}.`;
  },
  region: {
    forehead: 'the forehead',
    eyes: 'eyes and brows',
    nose: 'the nose',
    cheeks: 'the cheeks',
    mouth: 'the mouth',
  } satisfies Record<FaceRegion, string> as Record<FaceRegion, string>,
  regionRow: {
    forehead: 'forehead',
    eyes: 'eyes, brows',
    nose: 'nose',
    cheeks: 'cheeks',
    mouth: 'mouth',
  } satisfies Record<FaceRegion, string> as Record<FaceRegion, string>,
  look: (time: string) => `As the face looked at ${time}.`,
  loudness: { loud: 'loud', quiet: 'quiet' },
  band: { lowest: 'low', middle: 'middle', high: 'high', hiss: 'hissing' },
  bandRow: { lowest: 'low', middle: 'middle', high: 'high', hiss: 'hiss' },
  patch: (words: readonly string[], from: string, to: string) =>
    words.length === 0 ? `the sound at ${from} to ${to}` : `the ${words.join(' ')} part at ${from} to ${to}`,
  allOfIt: 'all of it',
  throughout: 'throughout',
  notAsked: 'not asked about by itself',
  mapLabel: 'How stretches of time (columns) and ranges of pitch (rows) mattered',
  pauses: (speaksFor: boolean): string =>
    speaksFor ? 'Its pauses spoke for it as well.' : 'Its pauses spoke against it.',
  piece: (from: string, to: string) =>
    `The utterance is long: shown is ${from} to ${to}, which by itself sounds most like its reading.`,
});
