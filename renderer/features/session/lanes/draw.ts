/** One frame of all lanes. */
import type { TimeView } from '../../../lib/timeline/scale.ts';
import { toX } from '../../../lib/timeline/scale.ts';
import { ticks, tickStep } from '../../../lib/timeline/ticks.ts';
import { drawRibbon, type Area } from './draw-ribbon.ts';
import { drawDimensions, drawDisagreement, drawWave } from './draw-series.ts';
import type { Lane, LaneLayout } from './layout.ts';
import type { Palette } from './palette.ts';

export interface Frame {
  readonly layout: LaneLayout;
  readonly view: TimeView;
  readonly palette: Palette;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Part of the height that can be seen: the rest of a scrolled canvas is not painted. */
  readonly fromY: number;
  readonly toY: number;
}

function drawLane(context: CanvasRenderingContext2D, frame: Frame, lane: Lane): void {
  const { palette, view } = frame;
  const area: Area = { top: lane.top, height: lane.height, width: frame.width };
  const { content } = lane;
  switch (content.kind) {
    case 'wave': {
      const index = content.wave.speaker < 0 ? content.wave.channel : content.wave.speaker;
      drawWave(context, palette.speakers[index % palette.speakers.length]!, area, content.wave, view);
      return;
    }
    case 'ribbon':
      context.fillStyle = palette.empty;
      context.fillRect(0, area.top, area.width, area.height);
      drawRibbon(context, palette, area, content.ribbon, view);
      return;
    case 'dimensions':
      drawDimensions(context, palette, area, content.lanes, view);
      return;
    case 'disagreement':
      drawDisagreement(context, palette, area, content.lanes, view);
      return;
    case 'subject':
  }
}

function drawGrid(context: CanvasRenderingContext2D, frame: Frame): void {
  context.fillStyle = frame.palette.line;
  context.globalAlpha = 0.55;
  for (const t of ticks(frame.view, tickStep(frame.view, frame.width)))
    context.fillRect(Math.round(toX(frame.view, frame.width, t)), 0, 1, frame.height);
  context.globalAlpha = 1;
}

export function drawLanes(context: CanvasRenderingContext2D, frame: Frame): void {
  context.clearRect(0, 0, frame.width, frame.height);
  drawGrid(context, frame);
  for (const lane of frame.layout.lanes)
    if (lane.top + lane.height >= frame.fromY && lane.top <= frame.toY) drawLane(context, frame, lane);
}
