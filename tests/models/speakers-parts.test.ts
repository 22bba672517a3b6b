import { describe, expect, it } from 'vitest';
import { agglomerate, agglomerateNeighbours } from '#models/speakers/agglomerate.ts';
import { leaksFrom } from '#models/speakers/cross-talk.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { speechRegions } from '#models/speakers/speech-regions.ts';
import { cutAtTurns } from '#models/speakers/utterances.ts';
import { repeated, windowsOver } from '#models/speakers/windows.ts';
import { seededRandom } from '#models/metrics/random.ts';

describe('stretches of speech', () => {
  const settings = { onset: 0.5, release: 0.3, pauseMs: 96, speechMs: 64, paddingMs: 0 };
  it('begin above the onset, go on above the release, and bridge short pauses', () => {
    const activity = [0.1, 0.6, 0.4, 0.1, 0.1, 0.6, 0.9, 0.1, 0.1, 0.1, 0.4];
    expect(speechRegions(activity, 1000, settings)).toEqual([{ startMs: 1032, endMs: 1224 }]);
  });
  it('leave clicks out, and padding never leaves the frames given', () => {
    expect(speechRegions([0.9, 0, 0, 0, 0], 0, settings)).toEqual([]);
    expect(speechRegions([0.9, 0.9, 0.9], 0, { ...settings, paddingMs: 50 })).toEqual([
      { startMs: 0, endMs: 96 },
    ]);
  });
});

describe('windows', () => {
  const settings = { windowMs: 1200, hopMs: 400 };
  it('cover a stretch to both ends, evenly, and a short one whole', () => {
    const windows = windowsOver({ startMs: 100, endMs: 2300 }, settings);
    expect(windows.map(({ startMs }) => startMs)).toEqual([100, 433, 767, 1100]);
    expect(windows.at(-1)!.endMs).toBe(2300);
    expect(windowsOver({ startMs: 5, endMs: 300 }, settings)).toEqual([{ startMs: 5, endMs: 300 }]);
  });
  it('are filled by saying a short sound again', () => {
    expect([...repeated(Float32Array.of(1, 2, 3), 7)]).toEqual([1, 2, 3, 1, 2, 3, 1]);
    expect([...repeated(new Float32Array(0), 2)]).toEqual([0, 0]);
  });
});

describe('grouping numbers by nearness', () => {
  const rules = {
    join: (a: number[], b: number[]) => [...a, ...b],
    gain: (a: number[], b: number[]) => -Math.abs(mean(a) - mean(b)),
  };
  const mean = (x: number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;
  it('joins the nearest pairs first and stops where told', () => {
    const groups = agglomerate([[1], [10], [2], [11], [30]], { ...rules, goOn: (gain) => gain > -5 });
    expect(groups).toEqual([[1, 2], [10, 11], [30]]);
  });
  it('gives what trying every pair at every step gives', () => {
    const random = seededRandom(3);
    const items = Array.from({ length: 40 }, () => [random()]);
    const fast = agglomerate(items, { ...rules, goOn: (_, left) => left > 6 });
    let slow = items.map((item) => item);
    while (slow.length > 6) {
      let best: [number, number] = [0, 1];
      for (let a = 0; a < slow.length; a++)
        for (let b = 0; b < a; b++)
          if (rules.gain(slow[a]!, slow[b]!) > rules.gain(slow[best[0]]!, slow[best[1]]!)) best = [a, b];
      const joined = rules.join(slow[best[0]]!, slow[best[1]]!);
      slow = [...slow.filter((_, i) => !best.includes(i)), joined];
    }
    const sorted = (groups: number[][]): number[][] => groups.map((g) => [...g].sort()).sort();
    expect(sorted(fast)).toEqual(sorted(slow));
  });
  it('joins only neighbours where only they may', () => {
    const groups = agglomerateNeighbours([[1], [2], [9], [1]], { ...rules, goOn: (gain) => gain > -3 });
    expect(groups).toEqual([[1, 2], [9], [1]]);
  });
});

describe('an utterance that spans a change of speakers', () => {
  const levels = new Float32Array(400).fill(-20);
  it('is cut there, at the softest place nearby', () => {
    levels[62] = levels[63] = -60;
    const turns = [
      { speaker: 0, startMs: 100, endMs: 2100 },
      { speaker: 1, startMs: 2100, endMs: 5000 },
    ];
    expect(cutAtTurns([{ startMs: 0, endMs: 5100 }], turns, levels)).toEqual([
      { speaker: 0, startMs: 0, endMs: 63 * 32 },
      { speaker: 1, startMs: 63 * 32, endMs: 5100 },
    ]);
  });
  it('stays whole with one speaker, and where a turn is too short to hear anybody', () => {
    const whole = [{ startMs: 0, endMs: 5000 }];
    const one = [{ speaker: 2, startMs: 0, endMs: 5000 }];
    expect(cutAtTurns(whole, one, levels)).toEqual([{ speaker: 2, startMs: 0, endMs: 5000 }]);
    const flicker = [
      { speaker: 2, startMs: 0, endMs: 2000 },
      { speaker: 1, startMs: 2000, endMs: 2200 },
      { speaker: 2, startMs: 2200, endMs: 5000 },
    ];
    expect(cutAtTurns(whole, flicker, levels)).toEqual([{ speaker: 2, startMs: 0, endMs: 5000 }]);
  });
  it('never gives an empty or backward part, whatever the turns', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 200; round++) {
      const times = Array.from({ length: 12 }, () => Math.floor(random() * 100) * 100).sort((a, b) => a - b);
      const turns = times.slice(1).map((endMs, i) => ({ speaker: i % 3, startMs: times[i]!, endMs }));
      const noisy = levels.map(() => -60 * random());
      const parts = cutAtTurns(
        [
          { startMs: 0, endMs: 4000 },
          { startMs: 4500, endMs: 10_000 },
        ],
        turns,
        noisy,
      );
      for (const { startMs, endMs } of parts) expect(endMs).toBeGreaterThan(startMs);
      expect(parts.reduce((ms, part) => ms + part.endMs - part.startMs, 0)).toBe(9500);
    }
  });
});

describe('cross-talk between the channels of a call', () => {
  const random = seededRandom(5);
  const talk = (): Float32Array => {
    let level = -30;
    return Float32Array.from(
      { length: 200 },
      () => (level = -30 + 0.7 * (level + 30) + 12 * (random() - 0.5)),
    );
  };
  const [left, right] = [talk(), talk()];
  const span = { startMs: 1600, endMs: 4800 };
  it('is what rises and falls with the other side, softer, even some time later', () => {
    const leak = left.map((_, i) => (left[i - 6] ?? -60) - 25);
    expect(leaksFrom(leak, left, span)).toBe(true);
  });
  it('is not what somebody says at the same time, however softly', () => {
    expect(leaksFrom(right, left, span)).toBe(false);
    expect(
      leaksFrom(
        right.map((level) => level - 25),
        left,
        span,
      ),
    ).toBe(false);
  });
  it('is not the source itself', () =>
    expect(
      leaksFrom(
        left,
        left.map((level) => level - 25),
        span,
      ),
    ).toBe(false));
});

it('refuses settings that are none', () => {
  expect(() => parseSpeakerSettings({ hopMs: 'often' })).toThrow(
    expect.objectContaining({ code: 'model-incompatible' }),
  );
});
