/** A fixed signal for golden inputs, sound-like where sound is wanted: two tones, the stronger one falling. */
export function goldenSignal(length: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, i) => 0.3 * Math.sin(0.09 * i - 1e-6 * i * i) + 0.1 * Math.sin(0.31 * i),
  );
}
