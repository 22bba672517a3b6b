/** Who speaks when: the likeliest sequence of speakers, given the voices. */
import type { Span } from '#contract/units.ts';
import type { SpeakerSettings } from './settings.ts';
import { densityOf, logDensity, type VoiceStatistics } from './voice-model.ts';
import type { VoiceWindow } from './voices.ts';

/** Time is cut into steps this long. */
export const STEP_MS = 100;

/** A step of a stretch of speech. */
export interface Step {
  region: number;
  atMs: number;
  /** Log-likelihood of each voice. */
  evidence: Float64Array;
}

/** Steps of all regions; between the middles of two windows the evidence goes over from one to the other. */
export function stepsOf(
  regions: readonly Span[],
  windows: readonly VoiceWindow[],
  voices: readonly VoiceStatistics[],
  settings: SpeakerSettings,
): Step[] {
  const densities = voices.map((voice) => densityOf(voice, settings.between));
  const scale = (settings.sharpness * settings.countPerSecond * STEP_MS) / 1000;
  const steps: Step[] = [];
  let first = 0;
  for (const [region, { startMs, endMs }] of regions.entries()) {
    let last = first;
    while (last < windows.length && windows[last]!.region === region) last++;
    const own = windows.slice(first, last).map((window) => ({
      middleMs: (window.startMs + window.endMs) / 2,
      evidence: densities.map((density) => scale * logDensity(window.embedding, density)),
    }));
    first = last;
    let at = 0;
    for (let atMs = startMs; atMs < endMs; atMs += STEP_MS) {
      const middle = atMs + STEP_MS / 2;
      while (at + 1 < own.length && own[at + 1]!.middleMs <= middle) at++;
      const [left, right] = [own[at], own[at + 1] ?? own[at]];
      if (!left || !right) continue;
      const width = right.middleMs - left.middleMs;
      const share = width > 0 ? Math.min(1, Math.max(0, (middle - left.middleMs) / width)) : 0;
      const evidence = Float64Array.from(
        left.evidence,
        (value, k) => value + share * (right.evidence[k]! - value),
      );
      steps.push({ region, atMs, evidence });
    }
  }
  return steps;
}

/** The voice of each step (Viterbi): changing costs more within a stretch of speech than after a pause. */
export function likeliestVoices(steps: readonly Step[], settings: SpeakerSettings): Int32Array {
  const count = steps[0]?.evidence.length ?? 0;
  /** Voice before, if the step's voice is k: at [step * count + k]. */
  const from = new Int32Array(steps.length * count);
  let score = new Float64Array(count);
  for (const [t, step] of steps.entries()) {
    const { inSpeech, afterPause } = settings.change;
    const change = t > 0 && steps[t - 1]!.region === step.region ? inSpeech : afterPause;
    let best = 0;
    for (let k = 1; k < count; k++) if (score[k]! > score[best]!) best = k;
    const next = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      const changed = t > 0 && best !== k ? score[best]! + change : -Infinity;
      const stayed = score[k]!;
      from[t * count + k] = changed > stayed ? best : k;
      next[k] = Math.max(changed, stayed) + step.evidence[k]!;
    }
    score = next;
  }
  const path = new Int32Array(steps.length);
  let at = 0;
  for (let k = 1; k < count; k++) if (score[k]! > score[at]!) at = k;
  for (let t = steps.length - 1; t >= 0; t--) {
    path[t] = at;
    at = from[t * count + at]!;
  }
  return path;
}
