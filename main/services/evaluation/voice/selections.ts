/** What a speaker's recordings may hold: every emotion equally often, or mostly one; and what a person marked in them. */
import { groupedBy } from '#models/metrics/grouped.ts';
import { sampled, shuffled, type Random } from '#models/metrics/random.ts';
import type { HeardClip, Selection } from './hear.ts';

const bySpeaker = (clips: readonly HeardClip[]): [string, HeardClip[]][] => [
  ...groupedBy(clips, ({ item }) => item.speaker),
];

export const balanced = (clips: readonly HeardClip[]): Selection[] =>
  bySpeaker(clips).map(([speaker, own]) => ({ speaker, clips: own }));

/**
 * For each speaker and each of their emotions: as many clips as there are of that emotion so that they make `share` of the selection, the rest drawn
 * from the other emotions. Selections of less than `fewest` clips, too short for any baseline, are left out.
 */
export function oneSided(
  clips: readonly HeardClip[],
  share: number,
  fewest: number,
  random: Random,
): Selection[] {
  return bySpeaker(clips).flatMap(([speaker, own]) =>
    [...groupedBy(own, ({ item }) => item.fine)].flatMap(([emotion, dominant]): Selection[] => {
      const size = Math.min(own.length, Math.round(dominant.length / share));
      const rest = shuffled(
        own.filter(({ item }) => item.fine !== emotion),
        random,
      ).slice(0, size - dominant.length);
      return size < fewest ? [] : [{ speaker, clips: [...dominant, ...rest] }];
    }),
  );
}

/** `draws` random selections of `count` clips of each speaker. */
export const ofLength = (
  clips: readonly HeardClip[],
  count: number,
  draws: number,
  random: Random,
): Selection[] =>
  bySpeaker(clips).flatMap(([speaker, own]) =>
    Array.from({ length: draws }, () => ({ speaker, clips: sampled(own, count, random) })),
  );

/** All clips of each speaker, `count` of the neutral or calm ones marked as neutral, `draws` times others; speakers without so many are left out. */
export const withMarks = (
  clips: readonly HeardClip[],
  count: number,
  draws: number,
  random: Random,
): Selection[] =>
  bySpeaker(clips).flatMap(([speaker, own]) => {
    const neutral = own.filter(({ item }) => item.category === 'neutral');
    if (neutral.length < count) return [];
    return Array.from({ length: draws }, () => {
      const marked = new Set(sampled(neutral, count, random));
      return { speaker, clips: own.map((clip) => ({ ...clip, marked: marked.has(clip) })) };
    });
  });
