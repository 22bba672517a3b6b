import type { Frame } from './frame.ts';

/** For each output position: the first input it takes from, and the weights from there on. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float32Array[];
}

/** Triangle filter, widened by the scale when making smaller, so that fine detail does not alias. */
function triangleTaps(from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const first = new Int32Array(to);
  const weights: Float32Array[] = [];
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const low = Math.max(0, Math.ceil(centre - reach));
    const high = Math.min(from - 1, Math.floor(centre + reach));
    const row = new Float32Array(high - low + 1);
    let sum = 0;
    for (let j = low; j <= high; j++) sum += row[j - low] = Math.max(0, 1 - Math.abs(j - centre) / reach);
    for (let j = 0; j < row.length; j++) row[j]! /= sum;
    first[i] = low;
    weights.push(row);
  }
  return { first, weights };
}

/** Resizes to `width` x `height`; returns red, green, blue as floats 0..255, interleaved, rows from the top. */
export function resample(frame: Frame, width: number, height: number): Float32Array {
  const across = triangleTaps(frame.width, width);
  const down = triangleTaps(frame.height, height);
  const narrow = new Float32Array(width * frame.height * 3);
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < width; x++) {
      const weights = across.weights[x]!;
      let source = (y * frame.width + across.first[x]!) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (const weight of weights) {
        red += weight * frame.rgb[source]!;
        green += weight * frame.rgb[source + 1]!;
        blue += weight * frame.rgb[source + 2]!;
        source += 3;
      }
      const target = (y * width + x) * 3;
      narrow[target] = red;
      narrow[target + 1] = green;
      narrow[target + 2] = blue;
    }
  }
  const out = new Float32Array(width * height * 3);
  const stride = width * 3;
  for (let y = 0; y < height; y++) {
    const target = y * stride;
    down.weights[y]!.forEach((weight, tap) => {
      const source = (down.first[y]! + tap) * stride;
      for (let i = 0; i < stride; i++) out[target + i]! += weight * narrow[source + i]!;
    });
  }
  return out;
}
