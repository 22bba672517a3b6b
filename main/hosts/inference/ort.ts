/** The one place that touches onnxruntime. */
import { availableParallelism } from 'node:os';
import type * as Ort from 'onnxruntime-node';
import { AttuneError } from '#contract/errors.ts';
import type { Tensor, Tensors } from '#models/tensor.ts';
import type { GraphSession } from './graph.ts';
import type { Provider } from './providers.ts';

/** Two threads are nearly twice as fast as one; more gain little on graphs this small and starve the rest of the machine. */
const MOST_THREADS_BY_DEFAULT = 2;

export const threadCount = (wanted: number): number =>
  wanted > 0 ? wanted : Math.min(MOST_THREADS_BY_DEFAULT, availableParallelism());

// onnxruntime 1.29 and later report home unless this is set before the library is loaded (its docs/Privacy.md).
process.env.ORT_DISABLE_TELEMETRY = '1';

/** Loaded at first use, so that a machine where it can't be loaded gets a sentence instead of a dead process. */
let loading: Promise<typeof Ort> | undefined;
const ort = (): Promise<typeof Ort> =>
  (loading ??= import('onnxruntime-node').catch((cause: unknown) => {
    throw new AttuneError('model-incompatible', "The library that runs the models can't be loaded here.", {
      remedy:
        'The report under Models and system says which system this is; see the guide for what Attune needs.',
      cause,
    });
  }));

/** Loads a graph onto one provider. @throws whatever onnxruntime throws: it never falls back by itself */
export async function createSession(
  model: Uint8Array,
  provider: Provider,
  threads: number,
): Promise<GraphSession> {
  const { InferenceSession, Tensor: OrtTensor } = await ort();
  const session = await InferenceSession.create(model, {
    executionProviders: [provider],
    intraOpNumThreads: threadCount(threads),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Inputs change their shape all the time: a remembered plan for each would grow without end (and DirectML forbids it).
    enableMemPattern: false,
    // Waiting threads sleep: the other processes need the cores.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 4,
  });
  const toOrt = (tensor: Tensor): Ort.Tensor =>
    tensor instanceof OrtTensor ? tensor : new OrtTensor(tensor.type, tensor.data, tensor.dims);
  return {
    async run(feeds: Tensors) {
      const tensors = Object.fromEntries(Object.entries(feeds).map(([name, t]) => [name, toOrt(t)]));
      // Each run waits for a macrotask inside onnxruntime-node, so a cancel message gets in between two runs.
      return (await session.run(tensors)) as unknown as Tensors;
    },
    release: () => session.release(),
  };
}
