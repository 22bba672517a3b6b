/** What is heard beside words: a pill where it lies, hollow where Attune found it, filled where a person says so. */
import type { HeardEvent } from '#contract/transcript/event.ts';
import { toX, type TimeView } from '../../../lib/timeline/scale.ts';
import { markName } from '../mark-name.ts';
import type { Area } from './draw-ribbon.ts';
import type { Palette } from './palette.ts';

/** A shorter mark is still seen from far. */
const MIN_PX = 3;
const PADDING_PX = 5;
const GAP_PX = 1;

/** @param marks in order of time */
export function drawMarks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  marks: readonly HeardEvent[],
  view: TimeView,
): void {
  context.font = `${Math.min(11, area.height - 2)}px ${palette.font}`;
  context.textBaseline = 'middle';
  for (const mark of marks) {
    if (mark.startMs >= view.endMs) break;
    if (mark.endMs <= view.startMs) continue;
    const x0 = Math.max(-2, toX(view, area.width, mark.startMs));
    const x1 = Math.min(area.width + 2, toX(view, area.width, mark.endMs));
    const width = Math.max(MIN_PX, x1 - x0);
    const found = mark.confidence !== undefined;
    context.beginPath();
    context.roundRect(x0 + 0.5, area.top + 0.5, width - 1, area.height - 1, Math.min(4, width / 2));
    context.strokeStyle = found ? palette.dim : palette.ground;
    context.fillStyle = palette.dim;
    // Round a filled one a gap, so that one that lies in another is still seen; it keeps its own size.
    context.lineWidth = found ? 1 : 1 + 2 * GAP_PX;
    context.stroke();
    if (!found) context.fill();
    const text = markName(mark);
    const from = Math.max(0, x0) + PADDING_PX;
    if (context.measureText(text).width > Math.min(area.width, x1) - from - PADDING_PX) continue;
    context.fillStyle = found ? palette.dim : palette.ground;
    context.fillText(text, from, area.top + area.height / 2 + 0.5);
  }
}
