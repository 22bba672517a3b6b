/** Which lanes there are, in which order, and how high each is: pure, so that drawing, labels and hit-testing agree. */
import type { HeardEvent } from '#contract/transcript/event.ts';
import type { SubjectLanes, Timeline, WaveLane } from '../../../lib/timeline/prepare.ts';
import type { Ribbon } from '../../../lib/timeline/ribbon.ts';

export type RibbonKind = 'text' | 'voice' | 'face' | 'fused';
export type LaneContent =
  | { readonly kind: 'wave'; readonly wave: WaveLane }
  | { readonly kind: 'marks'; readonly marks: readonly HeardEvent[] }
  | { readonly kind: 'subject'; readonly lanes: SubjectLanes; readonly index: number }
  | { readonly kind: 'ribbon'; readonly ribbon: Ribbon; readonly of: RibbonKind; readonly subjectId: string }
  | { readonly kind: 'dimensions'; readonly lanes: SubjectLanes }
  | { readonly kind: 'disagreement'; readonly lanes: SubjectLanes };

export interface Lane {
  readonly key: string;
  readonly content: LaneContent;
  readonly top: number;
  readonly height: number;
}

export interface LaneLayout {
  readonly lanes: readonly Lane[];
  readonly height: number;
}

/** Natural height and space below, in CSS pixels, and how much of spare room a lane takes. */
const SIZE = {
  wave: { height: 28, gap: 2, grows: 1 },
  marks: { height: 15, gap: 6, grows: 0 },
  subject: { height: 17, gap: 1, grows: 0 },
  ribbon: { height: 15, gap: 3, grows: 0.5 },
  fused: { height: 26, gap: 7, grows: 1 },
  dimensions: { height: 62, gap: 7, grows: 2.5 },
  disagreement: { height: 20, gap: 2, grows: 0.7 },
} as const;

const sizeOf = (content: LaneContent): (typeof SIZE)[keyof typeof SIZE] =>
  content.kind === 'ribbon' && content.of === 'fused' ? SIZE.fused : SIZE[content.kind];

const RIBBONS: readonly RibbonKind[] = ['text', 'voice', 'face', 'fused'];

type Keyed = { readonly key: string; readonly content: LaneContent };

/** What is shown: everybody's lanes, more of the chosen one's, and the transcript's marks, where there are any. */
export interface LanesOf {
  readonly timeline: Timeline;
  readonly chosen: SubjectLanes | null;
  readonly marks: readonly HeardEvent[];
}

/** `brief`: of the people not chosen only the fused ribbon is shown. */
function contents({ timeline, chosen, marks }: LanesOf, brief: boolean): Keyed[] {
  const all: Keyed[] = timeline.waves.map((wave) => ({
    key: `wave-${wave.channel}`,
    content: { kind: 'wave', wave },
  }));
  if (marks.length > 0) all.push({ key: 'marks', content: { kind: 'marks', marks } });
  for (const [index, lanes] of timeline.subjects.entries()) {
    const { id } = lanes.subject;
    all.push({ key: `subject-${id}`, content: { kind: 'subject', lanes, index } });
    for (const of of brief && lanes !== chosen ? (['fused'] as const) : RIBBONS) {
      const ribbon = lanes[of];
      if (ribbon) all.push({ key: `${of}-${id}`, content: { kind: 'ribbon', ribbon, of, subjectId: id } });
    }
  }
  if (chosen?.valence) all.push({ key: 'dimensions', content: { kind: 'dimensions', lanes: chosen } });
  if (chosen?.disagreement)
    all.push({ key: 'disagreement', content: { kind: 'disagreement', lanes: chosen } });
  return all;
}

const heightOf = (all: readonly Keyed[]): number =>
  all.reduce((sum, { content }) => sum + sizeOf(content).height + sizeOf(content).gap, 0);

/**
 * Spare height is shared out. When there is too little, the people not chosen are shown briefly; lanes never get smaller than
 * natural: if that is still too much, the whole scrolls.
 */
export function layOut(shown: LanesOf, availablePx: number): LaneLayout {
  const full = contents(shown, false);
  const all = heightOf(full) > availablePx && shown.chosen ? contents(shown, true) : full;
  const natural = heightOf(all);
  const grows = all.reduce((sum, { content }) => sum + sizeOf(content).grows, 0) || 1;
  const spare = Math.max(0, Math.min(availablePx - natural, natural * 0.9));
  let top = 0;
  const lanes = all.map(({ key, content }) => {
    const size = sizeOf(content);
    const height = Math.floor(size.height + (spare * size.grows) / grows);
    const lane = { key, content, top, height };
    top += height + size.gap;
    return lane;
  });
  return { lanes, height: top };
}

/** The lane at a height of the canvas; null in the gaps. */
export const laneAt = (layout: LaneLayout, y: number): Lane | null =>
  layout.lanes.find((lane) => y >= lane.top && y < lane.top + lane.height) ?? null;

/** Whom a lane is about; null for sound and marks, which may be of everybody. */
export function subjectOf(lane: Lane): string | null {
  const { content } = lane;
  if (content.kind === 'wave' || content.kind === 'marks') return null;
  return content.kind === 'ribbon' ? content.subjectId : content.lanes.subject.id;
}
