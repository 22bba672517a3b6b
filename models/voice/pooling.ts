/** One inner tensor of the encoder: `frames` rows of `width` numbers, row after row ([1, frames, width] in the graph). */
export interface LayerOutput {
  readonly data: Float32Array;
  readonly width: number;
}

/** Mean, standard deviation and root-mean-square step (between neighbouring frames) of every channel over time. */
export interface Pooled {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  readonly step: Float32Array;
}

/** Pools one layer over all windows of a clip as if they were one stretch of time; steps never cross a window's edge. */
export function pool(windows: readonly LayerOutput[]): Pooled {
  const width = windows[0]?.width ?? 0;
  const sum = new Float64Array(width);
  const square = new Float64Array(width);
  const stepSquare = new Float64Array(width);
  let frames = 0;
  let steps = 0;
  for (const { data } of windows) {
    const count = Math.floor(data.length / Math.max(1, width));
    for (let frame = 0; frame < count; frame++) {
      const row = frame * width;
      for (let k = 0; k < width; k++) {
        const value = data[row + k]!;
        sum[k]! += value;
        square[k]! += value * value;
        if (frame > 0) stepSquare[k]! += (value - data[row - width + k]!) ** 2;
      }
    }
    frames += count;
    steps += Math.max(0, count - 1);
  }
  const n = Math.max(1, frames);
  const mean = Float32Array.from(sum, (value) => value / n);
  return {
    mean,
    deviation: Float32Array.from(square, (value, k) =>
      Math.sqrt(Math.max(0, value / n - (sum[k]! / n) ** 2)),
    ),
    step: Float32Array.from(stepSquare, (value) => Math.sqrt(value / Math.max(1, steps))),
  };
}
