import { describe, expect, it } from 'vitest';
import { analysisResult } from '#contract/analysis/result.ts';
import { buildDominant, NOT_SURE, UNKNOWN } from '../../renderer/lib/timeline/dominant.ts';
import { spanAt, visibleRange } from '../../renderer/lib/timeline/hit.ts';
import { buildMinMax, levelFor } from '../../renderer/lib/timeline/minmax.ts';
import { prepareTimeline } from '../../renderer/lib/timeline/prepare.ts';
import { ribbonOf, ribbonOfGrid } from '../../renderer/lib/timeline/ribbon.ts';
import { fit, follow, pan, spanOf, toMs, toX, zoom } from '../../renderer/lib/timeline/scale.ts';
import { clock, ticks, tickStep } from '../../renderer/lib/timeline/ticks.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { seededRandom } from '#models/metrics/random.ts';

describe('the view in time', () => {
  const hour = 3_600_000;
  it('keeps the anchor under the same pixel while it zooms', () => {
    const before = { startMs: 600_000, endMs: 1_200_000 };
    const anchor = toMs(before, 1000, 300);
    const after = zoom(before, 2, anchor, hour);
    expect(spanOf(after)).toBeCloseTo(300_000);
    expect(toX(after, 1000, anchor)).toBeCloseTo(300);
  });
  it('never leaves the recording', () => {
    expect(pan(fit(hour), 5000, hour)).toEqual(fit(hour));
    expect(pan({ startMs: 0, endMs: 1000 }, -500, hour)).toEqual({ startMs: 0, endMs: 1000 });
    expect(zoom({ startMs: 0, endMs: 600 }, 100, 300, hour)).toMatchObject({ startMs: 50, endMs: 550 });
    expect(zoom(fit(hour), 0.1, 0, hour)).toEqual(fit(hour));
  });
  it('turns the page when playback runs out of it', () => {
    const view = { startMs: 0, endMs: 10_000 };
    expect(follow(view, 9_999, hour)).toBe(view);
    const next = follow(view, 10_001, hour);
    expect(next.startMs).toBeGreaterThan(9_000);
    expect(spanOf(next)).toBeCloseTo(10_000);
  });
  it('writes round ticks that do not touch', () => {
    expect(tickStep(fit(hour), 1000)).toBe(600_000);
    expect(ticks({ startMs: 61_000, endMs: 125_000 }, 30_000)).toEqual([90_000, 120_000]);
    expect(clock(3_723_000)).toBe('1:02:03');
    expect(clock(247_960)).toBe('4:07');
    expect(clock(1_960, { tenths: true })).toBe('0:02.0');
  });
});

describe('min/max pyramid', () => {
  it('holds the extremes of every cell, whatever the level', () => {
    const random = seededRandom(3);
    const series = Float32Array.from({ length: 10_007 }, () => random() * 2 - 1);
    for (const level of buildMinMax(series))
      for (let i = 0; i < level.min.length; i++) {
        const cell = series.subarray(i * level.factor, (i + 1) * level.factor);
        expect(level.min[i]).toBe(Math.min(...cell));
        expect(level.max[i]).toBe(Math.max(...cell));
      }
  });
  it('skips what is not known, and stays unknown where nothing is', () => {
    const series = new Float32Array(400).fill(NaN);
    series[9] = 0.5;
    const level = buildMinMax(series)[1]!;
    expect(level.min[2]).toBe(0.5);
    expect(level.max[2]).toBe(0.5);
    expect(level.min[3]).toBeNaN();
  });
  it('chooses a level no coarser than a pixel', () => {
    const levels = buildMinMax(new Float32Array(100_000));
    expect(levelFor(levels, 0.2).factor).toBe(1);
    expect(levelFor(levels, 70).factor).toBe(64);
  });
});

describe('dominant pyramid', () => {
  it('names the category that fills most of a cell, exactly, at every level', () => {
    const random = seededRandom(5);
    const top = Uint8Array.from({ length: 3000 }, () => Math.floor(random() * 8));
    const levels = buildDominant(top, new Float32Array(3000).fill(0.5));
    for (const level of levels.slice(1))
      for (let i = 0; i < level.top.length; i++) {
        const counts = new Array<number>(8).fill(0);
        for (const code of top.subarray(i * level.factor, (i + 1) * level.factor)) counts[code]!++;
        expect(level.top[i]).toBe(counts.indexOf(Math.max(...counts)));
        expect(level.confidence[i]).toBeCloseTo(0.5);
      }
  });
  it('leaves silence empty when zoomed out', () => {
    const top = new Uint8Array(1024).fill(UNKNOWN);
    top[0] = 3;
    expect([...buildDominant(top, new Float32Array(1024))[2]!.top]).toEqual(new Array(64).fill(UNKNOWN));
  });
});

describe('finding what lies at a time', () => {
  const spans = { startMs: Float64Array.of(0, 100, 100, 300), endMs: Float64Array.of(50, 400, 150, 350) };
  it('prefers the latest to start among overlapping spans', () => {
    expect(spanAt(spans, 120)).toBe(2);
    expect(spanAt(spans, 200)).toBe(1);
    expect(spanAt(spans, 60)).toBe(-1);
    expect(spanAt(spans, 400)).toBe(-1);
  });
  it('finds long spans that began before the view', () => {
    const [from, to] = visibleRange(spans, 380, 500, 300);
    expect(from).toBeLessThanOrEqual(1);
    expect(to).toBe(4);
  });
});

describe('ribbons', () => {
  it('joins equal neighbours of a grid and keeps gaps', () => {
    const ribbon = ribbonOfGrid(Uint8Array.of(1, 1, UNKNOWN, 1, 2), Float32Array.of(0.4, 0.6, 0, 1, 1), 200);
    expect([...ribbon.spans.startMs]).toEqual([0, 600, 800]);
    expect([...ribbon.spans.endMs]).toEqual([400, 800, 1000]);
    expect(ribbon.spans.confidence[0]).toBeCloseTo(0.5);
  });
  it('sorts items and fills the grid', () => {
    const ribbon = ribbonOf(
      [
        { startMs: 800, endMs: 1000, top: NOT_SURE, confidence: 0.3 },
        { startMs: 0, endMs: 400, top: 2, confidence: 0.9 },
      ],
      1000,
    );
    expect([...ribbon.pyramid[0]!.top]).toEqual([2, 2, UNKNOWN, UNKNOWN, NOT_SURE]);
  });
});

describe('a whole result', () => {
  it('the fixture is a valid result, and every lane comes out of it', () => {
    const result = analysisResult.parse(makeAnalysisResult({ durationMs: 300_000 }));
    const timeline = prepareTimeline(result);
    expect(timeline.waves).toHaveLength(2);
    const client = timeline.subjects[1]!;
    for (const ribbon of [client.text, client.voice, client.face, client.fused])
      expect(ribbon!.spans.startMs.length).toBeGreaterThan(5);
    expect(timeline.subjects[0]!.face).toBeNull();
    expect(client.valence!.mean[0]!.min).toHaveLength(1500);
  });
});
