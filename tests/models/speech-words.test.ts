/** When words were said: the alignment on made tables, and the real recogniser on the sample talk. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { aligned } from '#models/speech/alignment.ts';
import { CROSS_ATTENTION } from '#models/speech/moonshine-decoder.ts';
import { recognise, type MoonshineSessions } from '#models/speech/moonshine.ts';
import { modelPaths, openRun, readSound } from './speech-sessions.ts';

const needed = (...scores: number[]) => ({ scores, optional: false });
const optional = (...scores: number[]) => ({ scores, optional: true });

describe('frames of stretches in order', () => {
  it('are where the scores are high, one frame at least', () => {
    expect(aligned([needed(5, 5, 0, 0, 0), needed(0, 0, 0, 5, 5)], 5)[1]!.from).toBeGreaterThanOrEqual(2);
    // The second scores only before the first: it gets the last frame all the same.
    expect(aligned([needed(0, 0, 9), needed(9, 0, 0)], 3)).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 3 },
    ]);
    expect(aligned([needed(0, 1, 1), needed(1, 1, 0)], 3)).not.toContain(null);
  });

  it('leave an optional stretch out, or give it what nobody else scores on', () => {
    const pause = optional(1, 1, 1, 1, 1, 1);
    const words = [needed(0, 9, 0, 0, 0, 0), needed(0, 0, 0, 0, 9, 0)];
    expect(aligned([pause, words[0]!, pause, words[1]!, pause], 6)).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 4 },
      { from: 4, to: 5 },
      { from: 5, to: 6 },
    ]);
    const close = [needed(9, 9, 0, 0), needed(0, 0, 9, 9)];
    expect(aligned([pause, close[0]!, pause, close[1]!, pause], 4)).toEqual([
      null,
      { from: 0, to: 2 },
      null,
      { from: 2, to: 4 },
      null,
    ]);
  });

  it('are none where there are fewer frames than stretches', () => {
    expect(aligned([needed(1), needed(1)], 1)).toEqual([]);
    expect(aligned([optional()], 0)).toEqual([]);
  });
});

const assets = join(import.meta.dirname, '../../assets/sample');
const RATE_PER_MS = 16;
/** Where clean speech begins: the first 10 ms within 25 dB of the loud ones. */
function onsetMs(sound: Float32Array): number {
  const levels = Array.from({ length: Math.floor(sound.length / 160) }, (_, i) => {
    const frame = sound.subarray(i * 160, (i + 1) * 160);
    return 10 * Math.log10(frame.reduce((sum, value) => sum + value * value, 1e-9));
  });
  const loud = levels.toSorted((a, b) => a - b)[Math.floor(0.9 * levels.length)]!;
  return 10 * levels.findIndex((level) => level > loud - 25);
}

describe('words of the sample talk', () => {
  const { utterances } = JSON.parse(readFileSync(join(assets, 'talk.json'), 'utf8')) as {
    utterances: { start: number; end: number; text: string }[];
  };
  let sessions: MoonshineSessions;
  let talk: Float32Array;
  beforeAll(async () => {
    const decoder = await openRun(modelPaths.decoder, CROSS_ATTENTION);
    sessions = { encoder: await openRun(modelPaths.encoder), decoder };
    talk = readSound(join(assets, 'talk.opus'));
  }, 120_000);
  const cut = (fromMs: number, toMs: number): Float32Array =>
    talk.slice(Math.max(0, Math.round(fromMs * RATE_PER_MS)), Math.round(toMs * RATE_PER_MS));

  it('are those of the text, in order, within it, and the first begins where it was said', async () => {
    const off: number[] = [];
    for (const { start, end } of utterances.slice(0, 8)) {
      const padMs = Math.min(start, 250);
      const sound = cut(start - padMs, end);
      const { text, words } = await recognise(sound, sessions);
      expect(words.map((word) => word.text).join(' ')).toBe(text);
      for (const [i, { startMs, endMs, confidence }] of words.entries()) {
        expect(startMs).toBeGreaterThanOrEqual(words[i - 1]?.endMs ?? 0);
        expect(endMs).toBeGreaterThan(startMs);
        expect(endMs).toBeLessThanOrEqual(sound.length / RATE_PER_MS + 1);
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }
      off.push(Math.abs(words[0]!.startMs - onsetMs(sound.subarray(padMs * RATE_PER_MS)) - padMs));
    }
    off.sort((a, b) => a - b);
    expect(off[3]).toBeLessThan(80);
    expect(off[6]).toBeLessThan(200);
  }, 120_000);

  it('come a second later after a second of silence', async () => {
    const { start, end } = utterances[1]!;
    const sound = cut(start, end);
    const later = new Float32Array(sound.length + 1000 * RATE_PER_MS);
    later.set(sound, 1000 * RATE_PER_MS);
    const [before, after] = [await recognise(sound, sessions), await recognise(later, sessions)];
    expect(after.text).toBe(before.text);
    const moved = after.words.map(({ startMs }, i) => startMs - before.words[i]!.startMs);
    expect(moved.filter((ms) => Math.abs(ms - 1000) < 100).length).toBeGreaterThanOrEqual(moved.length - 1);
  }, 120_000);
});
