/** How pure model code runs a session that somebody else holds. */

import { AttuneError } from '#contract/errors.ts';

/** A tensor as plain data; onnxruntime's own Tensor fits this shape, so results need no conversion. */
export interface PlainTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array | Uint8Array;
}

/** Runs one session: named inputs in, named outputs out. Rejects with whatever the holder throws (also when cancelled). */
export type Run = (feeds: Record<string, PlainTensor>) => Promise<Record<string, PlainTensor>>;

export function floats(data: Float32Array, dims: readonly number[]): PlainTensor {
  return { type: 'float32', dims, data };
}

export function integers(values: readonly number[], dims: readonly number[]): PlainTensor {
  return { type: 'int64', dims, data: BigInt64Array.from(values, BigInt) };
}

export function flag(value: boolean): PlainTensor {
  return { type: 'bool', dims: [1], data: Uint8Array.of(value ? 1 : 0) };
}

/** The output of that name. @throws AttuneError 'model-incompatible' where there is none: the file is another model's */
export function outputOf(outputs: Record<string, PlainTensor>, name: string): PlainTensor {
  const output = outputs[name];
  if (output === undefined)
    throw new AttuneError(
      'model-incompatible',
      `A model gave no “${name}”: it is not what Attune takes it for.`,
    );
  return output;
}

/** The same as float32. @throws AttuneError 'model-incompatible' */
export function floatOutput(outputs: Record<string, PlainTensor>, name: string): Float32Array {
  const { data } = outputOf(outputs, name);
  if (!(data instanceof Float32Array))
    throw new AttuneError('model-incompatible', `A model gave no numbers of the right kind as “${name}”.`);
  return data;
}
