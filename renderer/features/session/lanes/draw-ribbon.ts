/** Ribbons: exact spans when close, the dominant category a cell when far. Taller means surer. */
import type { DominantLevel } from '../../../lib/timeline/dominant.ts';
import { NOT_SURE, UNKNOWN } from '../../../lib/timeline/dominant.ts';
import { visibleRange } from '../../../lib/timeline/hit.ts';
import type { Ribbon } from '../../../lib/timeline/ribbon.ts';
import { spanOf, toX, type TimeView } from '../../../lib/timeline/scale.ts';
import type { Palette } from './palette.ts';

export interface Area {
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

/** Below this mean width of a span the pyramid is drawn instead. */
const CLOSE_PX = 5;
const SIGN_MIN_PX = 20;

const barHeight = (code: number, confidence: number, height: number): number =>
  code === NOT_SURE ? height * 0.4 : height * (0.35 + 0.65 * Math.min(1, Math.max(0, confidence)));

function bar(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  x: number,
  width: number,
  code: number,
  confidence: number,
): void {
  const height = barHeight(code, confidence, area.height);
  context.fillStyle = palette.fills[code]!;
  const top = Math.round(area.top + area.height - height);
  context.fillRect(x, top, width, area.top + area.height - top);
  if (code !== NOT_SURE) return;
  // Its fill is pale on purpose: the edge tells it from a lane where nothing is known.
  context.fillStyle = palette.dim;
  context.fillRect(x, top, width, 1);
}

function sign(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  x: number,
  code: number,
  confidence: number,
): void {
  const height = barHeight(code, confidence, area.height);
  const size = Math.min(11, height - 4);
  if (size < 6) return;
  context.save();
  context.translate(x, area.top + area.height - height / 2 - size / 2);
  context.scale(size / 12, size / 12);
  context.fillStyle = code === NOT_SURE ? palette.dim : palette.signInks[code]!;
  context.fill(palette.signs[code]!);
  context.restore();
}

function drawClose(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  ribbon: Ribbon,
  view: TimeView,
  [from, to]: [number, number],
): void {
  const { spans } = ribbon;
  for (let i = from; i < to; i++) {
    const x0 = Math.max(-2, toX(view, area.width, spans.startMs[i]!));
    const x1 = Math.min(area.width + 2, toX(view, area.width, spans.endMs[i]!));
    if (x1 <= x0) continue;
    const width = Math.max(1, x1 - x0 - (x1 - x0 > 4 ? 1 : 0));
    const code = spans.top[i]!;
    bar(context, palette, area, x0, width, code, spans.confidence[i]!);
    if (width > SIGN_MIN_PX) sign(context, palette, area, Math.max(0, x0) + 5, code, spans.confidence[i]!);
  }
}

function drawFar(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  ribbon: Ribbon,
  view: TimeView,
): void {
  const msPerPx = spanOf(view) / area.width;
  // The finest level whose cells are at least a pixel wide.
  const level: DominantLevel =
    ribbon.pyramid.find(({ factor }) => factor * ribbon.stepMs >= msPerPx) ?? ribbon.pyramid.at(-1)!;
  const cellMs = level.factor * ribbon.stepMs;
  const first = Math.max(0, Math.floor(view.startMs / cellMs));
  const last = Math.min(level.top.length, Math.ceil(view.endMs / cellMs));
  for (let i = first; i < last; i++) {
    const code = level.top[i]!;
    if (code === UNKNOWN) continue;
    const x0 = Math.round(toX(view, area.width, i * cellMs));
    const x1 = Math.round(toX(view, area.width, (i + 1) * cellMs));
    bar(context, palette, area, x0, Math.max(1, x1 - x0), code, level.confidence[i]!);
  }
}

export function drawRibbon(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  ribbon: Ribbon,
  view: TimeView,
): void {
  const range = visibleRange(ribbon.spans, view.startMs, view.endMs, ribbon.spans.longestMs);
  if (range[1] - range[0] <= area.width / CLOSE_PX) drawClose(context, palette, area, ribbon, view, range);
  else drawFar(context, palette, area, ribbon, view);
}
