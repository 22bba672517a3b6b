/** Pictures drawn by arithmetic, the same in models/recipes/face/fixtures.py. */
import type { Frame } from '#models/face/frame.ts';

export function drawn(width: number, height: number): Frame {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        rgb[(y * width + x) * 3 + c] =
          Math.floor((x * x * 3 + y * y * 5 + x * y * (c + 1) + 40 * c) / 16) % 256;
  return { width, height, rgb };
}

/** Values in [0, 1) from a linear congruential generator (Numerical Recipes' constants). */
export function sequence(count: number, seed: number): Float64Array {
  const out = new Float64Array(count);
  let state = BigInt(seed);
  for (let i = 0; i < count; i++) {
    state = (1664525n * state + 1013904223n) % 4294967296n;
    out[i] = Number(state) / 4294967296;
  }
  return out;
}

export function plain(width: number, height: number, grey: number): Frame {
  return { width, height, rgb: new Uint8Array(width * height * 3).fill(grey) };
}

export function noise(width: number, height: number, seed: number): Frame {
  const rgb = Uint8Array.from(sequence(width * height * 3, seed), (value) => Math.floor(value * 256));
  return { width, height, rgb };
}
