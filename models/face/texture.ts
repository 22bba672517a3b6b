/** Light and focus of a crop. */
export interface Texture {
  /** Mean grey value, 0..255. */
  readonly brightness: number;
  /** Standard deviation of the grey values. */
  readonly contrast: number;
  /**
   * Variance of the Laplacian (Pech-Pacheco et al. 2000) over the variance of the grey values, so that contrast does not pass for
   * focus: near 0 for a blurred picture, 20 for white noise.
   */
  readonly sharpness: number;
}

/** `grey`: `side` x `side` values, 0..255, side > 2. */
export function measureTexture(grey: Float32Array, side: number): Texture {
  const { mean, variance } = moments(grey);
  const laplacian = new Float32Array((side - 2) * (side - 2));
  let at = 0;
  for (let y = 1; y < side - 1; y++)
    for (let x = 1; x < side - 1; x++) {
      const i = y * side + x;
      laplacian[at++] = grey[i - 1]! + grey[i + 1]! + grey[i - side]! + grey[i + side]! - 4 * grey[i]!;
    }
  return {
    brightness: mean,
    contrast: Math.sqrt(variance),
    // One grey level of variance keeps a blank crop at 0 instead of 0 / 0.
    sharpness: moments(laplacian).variance / (variance + 1),
  };
}

function moments(values: Float32Array): { mean: number; variance: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / values.length };
}
