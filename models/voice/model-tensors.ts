import { AttuneError } from '#contract/errors.ts';
import type { Tensors } from '../tensor.ts';

/** The numbers of a float tensor. @throws AttuneError 'model-incompatible' where there is none of that name */
export function floats(tensors: Tensors, name: string): Float32Array {
  const tensor = tensors[name];
  if (tensor?.type === 'float32') return tensor.data;
  throw incompatible();
}

export function incompatible(cause?: unknown): AttuneError {
  return new AttuneError('model-incompatible', "The voice model doesn't fit this version of Attune.", {
    cause,
  });
}
