/** What goes into graphs and comes out of them; who runs them, and on what, is the caller's. */
import { AttuneError } from '#contract/errors.ts';

/** Row-major data and its shape; onnxruntime's own tensors fit, so nothing is converted. `bool` is 0 and 1. */
export type Tensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int32'; readonly data: Int32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'bool'; readonly data: Uint8Array; readonly dims: readonly number[] };

/** By the name of the graph's input or output. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** Runs a graph. Rejects with whatever its holder throws (also when cancelled). */
export type Run = (feeds: Tensors) => Promise<Tensors>;

export const floats = (data: Float32Array, dims: readonly number[]): Tensor => ({
  type: 'float32',
  data,
  dims,
});

export const integers = (values: readonly number[], dims: readonly number[]): Tensor => ({
  type: 'int64',
  data: BigInt64Array.from(values, BigInt),
  dims,
});

export const flag = (value: boolean): Tensor => ({
  type: 'bool',
  data: Uint8Array.of(value ? 1 : 0),
  dims: [1],
});

/** The output of that name. @throws AttuneError 'model-incompatible' where there is none: the file is another model's */
export function outputOf(outputs: Tensors, name: string): Tensor {
  const output = outputs[name];
  if (output === undefined)
    throw new AttuneError(
      'model-incompatible',
      `A model gave no “${name}”: it is not what Attune takes it for.`,
    );
  return output;
}

/** Its numbers. @throws AttuneError 'model-incompatible' */
export function floatOutput(outputs: Tensors, name: string): Float32Array {
  const output = outputOf(outputs, name);
  if (output.type !== 'float32')
    throw new AttuneError('model-incompatible', `A model gave no numbers of the right kind as “${name}”.`);
  return output.data;
}
