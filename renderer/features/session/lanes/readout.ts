/** What a lane says at a time, in words, for the hover line. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import type { Milliseconds } from '#contract/units.ts';
import { i18n } from '../../../lib/i18n/index.svelte.ts';
import type { Shown } from '../../../lib/emotion-style.ts';
import { gridAt, spanAt } from '../../../lib/timeline/hit.ts';
import type { SubjectLanes } from '../../../lib/timeline/prepare.ts';
import { markFound, markName } from '../mark-name.ts';
import type { Lane } from './layout.ts';

export interface Readout {
  readonly shown: Shown | null;
  readonly text: string;
}

export const shownOfCode = (code: number): Shown => CATEGORIES[code] ?? 'not-sure';

function dimensions(lanes: SubjectLanes, timeMs: Milliseconds): string {
  const parts = (['valence', 'arousal'] as const).flatMap((name) => {
    const series = lanes[name];
    const mean = series ? gridAt(series.mean[0]!.min, lanes.stepMs, timeMs) : NaN;
    if (!series || Number.isNaN(mean)) return [];
    const sd = gridAt(series.band[0]!.max, lanes.stepMs, timeMs) - mean;
    return [i18n.m.lanes.value(i18n.m.words.dimension[name], mean, sd)];
  });
  return parts.join(' · ') || i18n.m.lanes.nothing;
}

/** Those that hold the time, each with how sure it is where Attune found it. */
function marksAt(marks: readonly HeardEvent[], timeMs: Milliseconds): string {
  return marks
    .filter(({ startMs, endMs }) => startMs <= timeMs && timeMs < endMs)
    .flatMap((mark) => [markName(mark), markFound(mark)])
    .filter((part) => part !== '')
    .join(' · ');
}

export function readoutOf(lane: Lane, timeMs: Milliseconds): Readout | null {
  const { content } = lane;
  switch (content.kind) {
    case 'ribbon': {
      const { spans } = content.ribbon;
      const at = spanAt(spans, timeMs);
      if (at < 0) return { shown: null, text: i18n.m.lanes.nothing };
      return { shown: shownOfCode(spans.top[at]!), text: i18n.f.percent(spans.confidence[at]!) };
    }
    case 'dimensions':
      return { shown: null, text: dimensions(content.lanes, timeMs) };
    case 'disagreement': {
      const { disagreement, stepMs } = content.lanes;
      const bits = disagreement ? gridAt(disagreement[0]!.max, stepMs, timeMs) : NaN;
      return { shown: null, text: Number.isNaN(bits) ? i18n.m.lanes.nothing : i18n.m.lanes.bits(bits) };
    }
    case 'marks':
      return { shown: null, text: marksAt(content.marks, timeMs) || i18n.m.lanes.noMark };
    case 'wave':
    case 'subject':
      return null;
  }
}
