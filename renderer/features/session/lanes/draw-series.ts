/** Waveforms, dimensions with their band, disagreement: min/max columns, never a point a sample. */
import { Columns } from '../../../lib/timeline/columns.ts';
import type { DimensionSeries, SubjectLanes, WaveLane } from '../../../lib/timeline/prepare.ts';
import { spanOf, type TimeView } from '../../../lib/timeline/scale.ts';
import type { Area } from './draw-ribbon.ts';
import type { Palette } from './palette.ts';

const columns = new Columns();

export function drawWave(
  context: CanvasRenderingContext2D,
  colour: string,
  area: Area,
  wave: WaveLane,
  view: TimeView,
): void {
  columns.read(wave.pyramid, wave.stepMs, view, area.width);
  const middle = area.top + area.height / 2;
  const half = area.height / 2;
  context.fillStyle = colour;
  // Rectangles on whole pixels: one path of them all is many times slower to fill.
  for (let x = 0; x < columns.length; x++) {
    const low = columns.min[x]!;
    if (Number.isNaN(low)) continue;
    const top = Math.round(middle - columns.max[x]! * half);
    context.fillRect(x, top, 1, Math.max(1, Math.round(middle - low * half) - top));
  }
}

/** Fills the area from the lower to the upper edge and `overPx` beyond, one polygon a stretch without gaps. */
function fillBetween(context: CanvasRenderingContext2D, yOf: (value: number) => number, overPx = 0): void {
  let from = -1;
  for (let x = 0; x <= columns.length; x++) {
    const known = x < columns.length && !Number.isNaN(columns.min[x]!);
    if (known && from < 0) from = x;
    if (known || from < 0) continue;
    context.beginPath();
    context.moveTo(from, yOf(columns.max[from]!) - overPx);
    for (let i = from; i < x; i++) context.lineTo(i + 0.5, yOf(columns.max[i]!) - overPx);
    context.lineTo(x, yOf(columns.max[x - 1]!) - overPx);
    context.lineTo(x, yOf(columns.min[x - 1]!) + overPx);
    for (let i = x - 1; i >= from; i--) context.lineTo(i + 0.5, yOf(columns.min[i]!) + overPx);
    context.lineTo(from, yOf(columns.min[from]!) + overPx);
    context.fill();
    from = -1;
  }
}

function strokeMean(context: CanvasRenderingContext2D, yOf: (value: number) => number): void {
  context.beginPath();
  let drawing = false;
  for (let x = 0; x < columns.length; x++) {
    const low = columns.min[x]!;
    if (Number.isNaN(low)) {
      drawing = false;
      continue;
    }
    const high = columns.max[x]!;
    if (drawing) context.lineTo(x + 0.5, yOf(low));
    else context.moveTo(x + 0.5, yOf(low));
    if (high !== low) context.lineTo(x + 0.5, yOf(high));
    drawing = true;
  }
  context.stroke();
}

function drawDimension(
  context: CanvasRenderingContext2D,
  colour: string,
  area: Area,
  series: DimensionSeries,
  stepMs: number,
  view: TimeView,
  lineWidth: number,
): void {
  const yOf = (value: number): number =>
    area.top + area.height / 2 - (Math.min(1, Math.max(-1, value)) * area.height) / 2;
  context.globalAlpha = 0.17;
  context.fillStyle = colour;
  columns.read(series.band, stepMs, view, area.width);
  fillBetween(context, yOf);
  context.globalAlpha = 1;
  columns.read(series.mean, stepMs, view, area.width);
  // Where a column holds several values the line is as high as they are; stroked, it would go up and down within each, ten times slower.
  if (spanOf(view) / area.width > stepMs) {
    fillBetween(context, yOf, lineWidth / 2);
    return;
  }
  context.strokeStyle = colour;
  context.lineWidth = lineWidth;
  strokeMean(context, yOf);
}

export function drawDimensions(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  lanes: SubjectLanes,
  view: TimeView,
): void {
  context.fillStyle = palette.line;
  context.fillRect(0, area.top + area.height / 2, area.width, 1);
  context.fillRect(0, area.top, area.width, 1);
  context.fillRect(0, area.top + area.height - 1, area.width, 1);
  if (lanes.arousal) drawDimension(context, palette.arousal, area, lanes.arousal, lanes.stepMs, view, 1.1);
  if (lanes.valence) drawDimension(context, palette.valence, area, lanes.valence, lanes.stepMs, view, 2.2);
}

/** Jensen-Shannon divergence of three modalities is at most log2(3) bits; one bit fills the lane. */
export function drawDisagreement(
  context: CanvasRenderingContext2D,
  palette: Palette,
  area: Area,
  lanes: SubjectLanes,
  view: TimeView,
): void {
  if (!lanes.disagreement) return;
  columns.read(lanes.disagreement, lanes.stepMs, view, area.width);
  context.fillStyle = palette.disagreement;
  for (let x = 0; x < columns.length; x++) {
    const bits = columns.max[x]!;
    if (Number.isNaN(bits)) continue;
    const height = Math.round(Math.min(1, bits) * area.height);
    context.fillRect(x, area.top + area.height - height, 1, height);
  }
  context.fillStyle = palette.line;
  context.fillRect(0, area.top + area.height - 1, area.width, 1);
}
