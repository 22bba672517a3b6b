/** What is heard beside words, as files write it: a line of its own in brackets, "[laughs]", "(sighs)", "[silence 4 s]", "[笑]". */
import type { EventKind } from '#contract/transcript/event.ts';

const WRITTEN: Readonly<Record<EventKind, RegExp>> = {
  laughs: /^(?:laugh(?:s|ter|ing)?|chuckl(?:es|ing)|笑声?|大笑|轻笑)$/i,
  sighs: /^(?:sigh(?:s|ing)?|叹气|叹息)$/i,
  cries: /^(?:cr(?:ies|ying)|sob(?:s|bing)?|weep(?:s|ing)|哭泣?|抽泣)$/i,
  crosstalk: /^(?:cross-?talk|overlap(?:s|ping(?: speech)?)?|several speak at once|多人同时说话|抢话)$/i,
  neutral: /^(?:neutral|usual voice|平静|中性)$/i,
  silence: /^(?:(?:silence|pause|沉默|停顿)(?:\s*\d+(?:[.,]\d+)?\s*(?:s|sec|seconds?|秒)?)?)$/i,
};
const KINDS = Object.keys(WRITTEN) as EventKind[];
const MAX_LENGTH = 40;

/** Null for words. */
export function eventOf(text: string): EventKind | null {
  if (text.length > MAX_LENGTH) return null;
  const inner = /^[[(（【](.*)[\])）】]$/.exec(text.trim())?.[1]?.trim();
  return inner === undefined ? null : (KINDS.find((kind) => WRITTEN[kind].test(inner)) ?? null);
}

export const eventText = (kind: EventKind, durationMs: number): string =>
  kind === 'silence' ? `[silence ${Math.max(1, Math.round(durationMs / 1000))} s]` : `[${kind}]`;
