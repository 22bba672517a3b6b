/** One frame of all lanes. */
import { toX } from '../../../lib/timeline/scale.ts';
import { ticks, tickStep } from '../../../lib/timeline/ticks.ts';
import { drawMarks } from './draw-marks.ts';
import { drawRibbon, type Area } from './draw-ribbon.ts';
import { drawDimensions, drawDisagreement, drawWave } from './draw-series.ts';
import type { Lane } from './layout.ts';
import type { Palette } from './palette.ts';
import type { SceneOf } from './scene.ts';

export type Scene = SceneOf<Palette>;

function drawLane(context: CanvasRenderingContext2D, scene: Scene, lane: Lane): void {
  const { palette, view } = scene;
  const area: Area = { top: lane.top, height: lane.height, width: scene.width };
  const { content } = lane;
  switch (content.kind) {
    case 'wave': {
      const index = content.wave.speaker < 0 ? content.wave.channel : content.wave.speaker;
      drawWave(context, palette.speakers[index % palette.speakers.length]!, area, content.wave, view);
      return;
    }
    case 'marks':
      drawMarks(context, palette, area, content.marks, view);
      return;
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

function drawGrid(context: CanvasRenderingContext2D, scene: Scene): void {
  context.fillStyle = scene.palette.line;
  context.globalAlpha = 0.55;
  for (const t of ticks(scene.view, tickStep(scene.view, scene.width)))
    context.fillRect(Math.round(toX(scene.view, scene.width, t)), 0, 1, scene.height);
  context.globalAlpha = 1;
}

/** Draws a scene, all of it or what lies between two heights. */
export function drawLanes(
  context: CanvasRenderingContext2D,
  scene: Scene,
  [fromY, toY]: readonly [number, number] = [0, scene.height],
): void {
  context.save();
  context.beginPath();
  context.rect(0, fromY, scene.width, toY - fromY);
  context.clip();
  context.clearRect(0, fromY, scene.width, toY - fromY);
  drawGrid(context, scene);
  const [top, bottom] = [Math.max(fromY, scene.fromY), Math.min(toY, scene.toY)];
  for (const lane of scene.layout.lanes)
    if (lane.top + lane.height >= top && lane.top <= bottom) drawLane(context, scene, lane);
  context.restore();
}
