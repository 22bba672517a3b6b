/** Whether a provider computes what the CPU computes. */
import type { Tensors } from '#models/tensor.ts';

/**
 * The largest difference of any float output, relative to the largest magnitude in the CPU's; Infinity for a missing output,
 * another length, or a number that is none.
 */
export function largestDifference(cpu: Tensors, other: Tensors): number {
  let largest = 0;
  for (const [name, expected] of Object.entries(cpu)) {
    if (!(expected.data instanceof Float32Array)) continue;
    const data = other[name]?.data;
    if (!(data instanceof Float32Array) || data.length !== expected.data.length) return Infinity;
    largest = Math.max(largest, relativeDifference(expected.data, data));
  }
  return largest;
}

function relativeDifference(expected: Float32Array, data: Float32Array): number {
  let scale = 1e-6;
  for (const value of expected) scale = Math.max(scale, Math.abs(value));
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const difference = Math.abs(data[i]! - expected[i]!) / scale;
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
