/** Synthetic signals, 16 kHz; models/recipes/voice/reference.py makes the same ones. */
const RATE = 16_000;
const TAU = 2 * Math.PI;

function made(seconds: number, at: (t: number, i: number) => number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, i) => at(i / RATE, i));
}

/** Uniform noise in [-1, 1) from a linear congruential generator. */
export function uniformNoise(length: number, seed = 12345): Float64Array {
  let x = seed;
  return Float64Array.from({ length }, () => {
    x = (Math.imul(1664525, x) + 1013904223) >>> 0;
    return x / 2 ** 31 - 1;
  });
}

const NOISE = uniformNoise(3 * RATE);

export const tone = (): Float32Array => made(2, (t, i) => 0.3 * Math.sin(TAU * 220 * t) + 0.0005 * NOISE[i]!);
export const chirp = (): Float32Array =>
  made(2, (t, i) => 0.2 * Math.sin(TAU * (100 * t + 60 * t * t)) + 0.0005 * NOISE[i]!);
export const noise = (): Float32Array => made(1.5, (_, i) => 0.2 * NOISE[i]!);

/** Harmonics of a gliding pitch under a slow envelope: enough like a voice to be voiced. */
export function voice(): Float32Array {
  return made(3, (t, i) => {
    const phase = TAU * 140 * t - (60 / 0.7) * (Math.cos(TAU * 0.7 * t) - 1);
    let harmonics = 0;
    for (let h = 1; h <= 20; h++) harmonics += Math.sin(h * phase) / h;
    return 0.12 * harmonics * Math.sqrt(Math.max(0, Math.sin(TAU * t))) + 0.0005 * NOISE[i]!;
  });
}
