/** Telling voices apart, on voices drawn from the model's own space. */
import { describe, expect, it } from 'vitest';
import type { Span } from '#contract/units.ts';
import { diarise } from '#models/speakers/diarise.ts';
import type { VoiceWindow } from '#models/speakers/voices.ts';
import { windowsOver } from '#models/speakers/windows.ts';
import { seededRandom } from '#models/metrics/random.ts';
import { speakerSettingsOf } from './speaker-model.ts';

const settings = speakerSettingsOf();
const random = seededRandom(7);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

interface Talk {
  regions: Span[];
  windows: VoiceWindow[];
  spoken: { speaker: number; startMs: number; endMs: number }[];
}

const voice = (): number[] => settings.between.map((variance) => Math.sqrt(variance) * normal());

/** Turns of `seconds` each, without a pause between them unless `pauseMs` is given; a window between two speakers hears both. */
function talk(turns: { speaker: number; seconds: number }[], voices: number[][], pauseMs = 0): Talk {
  const spoken: Talk['spoken'] = [];
  let at = 0;
  for (const { speaker, seconds } of turns) {
    spoken.push({ speaker, startMs: at, endMs: at + seconds * 1000 });
    at += seconds * 1000 + pauseMs;
  }
  const regions =
    pauseMs > 0 ? spoken.map(({ startMs, endMs }) => ({ startMs, endMs })) : [{ startMs: 0, endMs: at }];
  const windows = regions.flatMap((region, index) => {
    const places = windowsOver(region, settings);
    return places.map(({ startMs, endMs }) => {
      const embedding = new Float32Array(settings.between.length).map(() => 0.7 * normal());
      for (const turn of spoken) {
        const share =
          Math.max(0, Math.min(endMs, turn.endMs) - Math.max(startMs, turn.startMs)) / (endMs - startMs);
        if (share > 0)
          embedding.forEach((value, d) => (embedding[d] = value + share * voices[turn.speaker]![d]!));
      }
      return {
        startMs,
        endMs,
        region: index,
        embedding,
        ownMs: (region.endMs - region.startMs) / places.length,
      };
    });
  });
  return { regions, windows, spoken };
}

const inTurn = (people: number, count: number, seconds: number) =>
  Array.from({ length: count }, (_, i) => ({ speaker: i % people, seconds }));
const found = (turns: { speaker: number }[]): number => new Set(turns.map(({ speaker }) => speaker)).size;

describe('how many people speak', () => {
  it.each([1, 2, 3, 4])('finds %i', async (people) => {
    const voices = Array.from({ length: people }, voice);
    const { regions, windows } = talk(inTurn(people, 6 * people, 4), voices, 600);
    expect(found((await diarise(regions, windows, settings, null)).turns)).toBe(people);
  });

  it('misses at most one of twelve', async () => {
    const voices = Array.from({ length: 12 }, voice);
    const { regions, windows } = talk(inTurn(12, 72, 4), voices, 600);
    const number = found((await diarise(regions, windows, settings, null)).turns);
    expect(number).toBeGreaterThanOrEqual(11);
    expect(number).toBeLessThanOrEqual(12);
  });

  it('believes the number that a person gives', async () => {
    const voices = [voice(), voice(), voice()];
    const { regions, windows } = talk(inTurn(3, 18, 4), voices, 600);
    expect(found((await diarise(regions, windows, settings, 2)).turns)).toBe(2);
  });

  it('says that it is sure of voices far apart, and names both numbers where one is hardly two', async () => {
    const clear = talk(inTurn(2, 20, 4), [voice(), voice()], 600);
    expect((await diarise(clear.regions, clear.windows, settings, null)).counts).toEqual([2]);
    const near = voice();
    const away = voice();
    const said: number[][] = [];
    // Nearer and nearer to where one voice becomes two, with so little speech that neither is sure.
    let [one, two] = [0, 1];
    for (let halving = 0; halving < 12; halving++) {
      const share = (one + two) / 2;
      const nearly = near.map((value, d) => value + share * away[d]!);
      const alike = talk(inTurn(2, 4, 4), [near, nearly], 600);
      const { turns, counts } = await diarise(alike.regions, alike.windows, settings, null);
      if (found(turns) === 1) one = share;
      else two = share;
      said.push(counts);
    }
    expect(said).toContainEqual([1, 2]);
  });

  it('takes the moods of a long talk for moods: two people stay two', async () => {
    const people = [voice(), voice()];
    const moods = people.flatMap((own) =>
      [voice(), voice(), voice()].map((mood) => own.map((value, d) => value + 0.7 * mood[d]!)),
    );
    // Five minutes in each mood, one after the other.
    const turns = Array.from({ length: 90 }, (_, i) => ({
      speaker: 3 * (i % 2) + Math.floor(i / 30),
      seconds: 10,
    }));
    const { regions, windows } = talk(turns, moods, 600);
    const heapedUp = { ...settings, apart: { ...settings.apart, mostSeconds: 1e6 } };
    expect(found((await diarise(regions, windows, settings, null)).turns)).toBe(2);
    expect(found((await diarise(regions, windows, heapedUp, null)).turns)).toBeGreaterThan(2);
  }, 120_000);

  it('ends where its caller has it end', async () => {
    const { regions, windows } = talk(inTurn(2, 6, 4), [voice(), voice()], 600);
    const ended = diarise(regions, windows, settings, null, () => Promise.reject(new Error('enough')));
    await expect(ended).rejects.toThrow('enough');
  });

  it('has nobody in silence and one speaker in one word', async () => {
    expect(await diarise([], [], settings, null)).toEqual({ turns: [], likeness: [], counts: [0] });
    expect(await diarise([], [], settings, 2)).toEqual({ turns: [], likeness: [], counts: [0] });
    const { regions, windows } = talk([{ speaker: 0, seconds: 0.4 }], [voice()]);
    expect((await diarise(regions, windows, settings, null)).turns).toEqual([
      { speaker: 0, startMs: 0, endMs: 400 },
    ]);
  });
});

describe('who speaks when', () => {
  it('finds changes without a pause to within 0.4 s', async () => {
    const voices = [voice(), voice()];
    const { regions, windows, spoken } = talk(inTurn(2, 12, 5), voices);
    const { turns } = await diarise(regions, windows, settings, null);
    expect(turns).toHaveLength(spoken.length);
    turns.forEach((turn, i) => expect(Math.abs(turn.startMs - spoken[i]!.startMs)).toBeLessThanOrEqual(400));
  });

  it('names speakers in the order of their first words', async () => {
    const voices = [voice(), voice()];
    const { regions, windows } = talk([{ speaker: 1, seconds: 5 }, ...inTurn(2, 10, 5)], voices, 600);
    const { turns } = await diarise(regions, windows, settings, null);
    expect(turns.slice(0, 3).map(({ speaker }) => speaker)).toEqual([0, 1, 0]);
  });

  it('says how alike two speakers are', async () => {
    const near = voice();
    const nearly = near.map((value, d) => value + 0.45 * Math.sqrt(settings.between[d]!) * normal());
    const gain = async (voices: number[][]): Promise<number> => {
      const { regions, windows } = talk(inTurn(2, 20, 4), voices, 600);
      return (await diarise(regions, windows, settings, 2)).likeness[0]?.gain ?? Infinity;
    };
    expect(await gain([voice(), voice()])).toBeLessThan(settings.unsureAbove);
    expect(await gain([near, nearly])).toBeGreaterThan(await gain([voice(), voice()]));
  });
});

it('takes two hours of one voice for one, in bounded time', async () => {
  const { regions, windows } = talk(inTurn(1, 480, 15), [voice()], 500);
  const before = process.cpuUsage().user;
  expect(found((await diarise(regions, windows, settings, null)).turns)).toBe(1);
  expect(windows.length).toBeGreaterThan(15_000);
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(20);
}, 600_000);
