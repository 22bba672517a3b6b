/** What a person can choose for the next analysis, and what the last one used. */
import type { AnalysisResult, Notice } from '#contract/analysis/result.ts';
import { defaultAnalysisSettings, type AnalysisSettings } from '#contract/analysis/settings.ts';
import type { Recording } from '#contract/library/entities.ts';
import type { Speaker } from '#contract/transcript/utterance.ts';

/** Notices that go away once the person says who is who, and what it is that each asks for. */
const ASKED: Partial<Record<Notice['code'], 'howMany' | 'whoseFace'>> = {
  'speakers-not-separated': 'howMany',
  'speakers-by-voice': 'howMany',
  'baseline-not-used': 'howMany',
  'face-owner-assumed': 'whoseFace',
  'faces-not-linked': 'whoseFace',
};

/** What the person can say that the analysis didn't know; null: nothing. */
export function askedOf(notices: readonly Notice[]): 'howMany' | 'whoseFace' | 'who' | null {
  const asked = new Set(notices.flatMap(({ code }) => ASKED[code] ?? []));
  return asked.size > 1 ? 'who' : ([...asked][0] ?? null);
}

export interface Choices {
  /** What the last analysis used; the defaults where there was none. */
  readonly last: AnalysisSettings;
  /** One channel holds everybody: how many people speak can be said. */
  readonly asksHowMany: boolean;
  /** A person corrected the transcript: its speakers stay, whatever number is said. */
  readonly speakersKept: boolean;
  /** Who the face seen longest may belong to; empty where there is no face, or nobody to choose. */
  readonly speakers: readonly Speaker[];
  readonly hasPicture: boolean;
}

/** Null as the result: not analysed yet. */
export function choicesFor(recording: Recording, result: AnalysisResult | null, corrected = false): Choices {
  const transcript = result?.transcript;
  return {
    last: result?.settings ?? defaultAnalysisSettings(),
    asksHowMany: ['voices', 'not-separated'].includes(transcript?.speakersFrom ?? ''),
    speakersKept: corrected,
    speakers: result && result.faces.length > 0 ? result.transcript.speakers : [],
    hasPicture: recording.media.video !== null,
  };
}

/** A number in [min, max], to the step; `before` where the field holds none. */
export function inRange(value: number, min: number, max: number, step: number, before: number): number {
  if (!Number.isFinite(value)) return before;
  const stepped = Math.round(value / step) * step;
  return Number(Math.min(max, Math.max(min, stepped)).toFixed(3));
}
