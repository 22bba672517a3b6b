/** What all lanes show at one moment, and where that differs from what they showed before. */
import type { TimeView } from '../../../lib/timeline/scale.ts';
import type { Lane, LaneLayout } from './layout.ts';

/** `P`: a palette. */
export interface SceneOf<P extends object> {
  readonly layout: LaneLayout;
  readonly view: TimeView;
  readonly palette: P;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Part of the height that can be seen: the rest of a scrolled canvas is not painted. */
  readonly fromY: number;
  readonly toY: number;
}

/** A line at the edge of its lane reaches this far over it; gaps are wider where there are lines. */
const OVERHANG_PX = 2;

const sameLane = (a: Lane, b: Lane): boolean =>
  a.top === b.top && a.height === b.height && drawnFrom(a) === drawnFrom(b);

/** The numbers that a lane shows: they are made once, so the same object is the same picture. */
function drawnFrom({ content }: Lane): object | null {
  switch (content.kind) {
    case 'wave':
      return content.wave;
    case 'marks':
      return content.marks;
    case 'ribbon':
      return content.ribbon;
    case 'dimensions':
    case 'disagreement':
      return content.lanes;
    case 'subject':
      return null;
  }
}

/** Heights between which a scene must be drawn anew over the one before it; null: nowhere. */
export function changedBetween(
  before: SceneOf<object> | null,
  now: SceneOf<object>,
): readonly [number, number] | null {
  const all = [0, now.height] as const;
  if (!before) return all;
  const alike = (['view', 'palette', 'width', 'height'] as const).every((key) => before[key] === now[key]);
  if (!alike || before.fromY !== now.fromY || before.toY !== now.toY) return all;
  const known = new Map(before.layout.lanes.map((lane) => [lane.key, lane]));
  const stays = (lane: Lane): boolean => {
    const was = known.get(lane.key);
    return was !== undefined && sameLane(was, lane) && known.delete(lane.key);
  };
  const others = now.layout.lanes.filter((lane) => !stays(lane));
  // Those that are left were drawn where nothing like them is now.
  const changed = [...others, ...known.values()];
  if (changed.length === 0) return null;
  return [
    Math.min(...changed.map(({ top }) => top)) - OVERHANG_PX,
    Math.max(...changed.map(({ top, height }) => top + height)) + OVERHANG_PX,
  ];
}
