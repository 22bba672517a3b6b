/** A ribbon: who-reads-as-what over time, as exact spans for close views and as a pyramid for far ones. */
import type { Milliseconds } from '#contract/units.ts';
import { buildDominant, UNKNOWN, type DominantPyramid } from './dominant.ts';
import type { SortedSpans } from './hit.ts';

export interface RibbonSpans extends SortedSpans {
  /** 0..6 or NOT_SURE. */
  readonly top: Uint8Array;
  readonly confidence: Float32Array;
  readonly longestMs: Milliseconds;
}

export interface Ribbon {
  readonly stepMs: Milliseconds;
  readonly pyramid: DominantPyramid;
  readonly spans: RibbonSpans;
}

export interface RibbonItem {
  startMs: Milliseconds;
  endMs: Milliseconds;
  top: number;
  confidence: number;
}

function spansOf(items: readonly RibbonItem[]): RibbonSpans {
  const spans = {
    startMs: Float64Array.from(items, (item) => item.startMs),
    endMs: Float64Array.from(items, (item) => item.endMs),
    top: Uint8Array.from(items, (item) => item.top),
    confidence: Float32Array.from(items, (item) => item.confidence),
  };
  return { ...spans, longestMs: items.reduce((m, item) => Math.max(m, item.endMs - item.startMs), 0) };
}

/** From items that need not be sorted. The grid is filled cell by cell; a later item wins a cell they share. */
export function ribbonOf(
  items: readonly RibbonItem[],
  durationMs: Milliseconds,
  stepMs: Milliseconds = 200,
): Ribbon {
  const sorted = [...items].sort((a, b) => a.startMs - b.startMs);
  const cells = Math.max(1, Math.ceil(durationMs / stepMs));
  const top = new Uint8Array(cells).fill(UNKNOWN);
  const confidence = new Float32Array(cells);
  for (const item of sorted) {
    const from = Math.max(0, Math.round(item.startMs / stepMs));
    const to = Math.min(cells, Math.max(from + 1, Math.round(item.endMs / stepMs)));
    top.fill(item.top, from, to);
    confidence.fill(item.confidence, from, to);
  }
  return { stepMs, pyramid: buildDominant(top, confidence), spans: spansOf(sorted) };
}

/** From a fixed grid; neighbouring cells of one category become one span with their mean confidence. */
export function ribbonOfGrid(top: Uint8Array, confidence: Float32Array, stepMs: Milliseconds): Ribbon {
  const items: RibbonItem[] = [];
  for (let i = 0; i < top.length;) {
    const code = top[i]!;
    let end = i;
    let sum = 0;
    while (end < top.length && top[end] === code) sum += confidence[end++]!;
    if (code !== UNKNOWN)
      items.push({ startMs: i * stepMs, endMs: end * stepMs, top: code, confidence: sum / (end - i) });
    i = end;
  }
  return { stepMs, pyramid: buildDominant(top, confidence), spans: spansOf(items) };
}
