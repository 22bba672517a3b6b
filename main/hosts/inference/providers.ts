/** Which execution provider a graph gets. onnxruntime does not fall back by itself: try, note why not, try the next. */
import { AttuneError } from '#contract/errors.ts';
import type { ExecutionProvider } from '#contract/system/settings.ts';
import type { Tensors } from '#models/tensor.ts';
import { largestDifference } from './compare.ts';
import type { GraphSession } from './graph.ts';

export type Provider = Exclude<ExecutionProvider, 'auto'>;

export interface Refusal {
  provider: Provider;
  reason: string;
}

export interface OpenedGraph {
  session: GraphSession;
  provider: Provider;
  /** Tried before it, and why they were not taken. */
  refused: Refusal[];
  /** The first run, which compiles and allocates. */
  warmUpMs: number;
}

const AUTOMATIC: Partial<Record<NodeJS.Platform, Provider[]>> = {
  linux: ['cuda', 'webgpu', 'cpu'],
  win32: ['dml', 'webgpu', 'cpu'],
  darwin: ['coreml', 'webgpu', 'cpu'],
};

/** In the order they are tried; the CPU is always last. */
export function providerOrder(setting: ExecutionProvider, platform: NodeJS.Platform): Provider[] {
  if (setting === 'auto') return AUTOMATIC[platform] ?? ['cpu'];
  return setting === 'cpu' ? ['cpu'] : [setting, 'cpu'];
}

/** This many times slower than the CPU on one graph, a provider is not tried with the others. */
const HOPELESS = 5;
/** Half precision on a GPU stays below it by far; a broken kernel doesn't. Relative to the largest output. */
const TOLERANCE = 0.02;

export interface OpenOptions {
  order: readonly Provider[];
  create: (provider: Provider) => Promise<GraphSession>;
  /**
   * Providers that failed with an earlier graph, and why: what they lack is mostly the machine's, and looking for it again takes
   * seconds. Written to.
   */
  unavailable: Map<Provider, string>;
  /** The same for every provider: what a provider computes from it is compared with the CPU's. */
  golden: Tensors;
  /** Leave a provider that is right but slower than the CPU (small graphs often are). */
  preferFaster: boolean;
  now?: () => number;
}

/**
 * Opens a graph on the first provider that loads it, computes what the CPU computes, and, where asked, is no slower.
 * @throws AttuneError 'model-incompatible' when not even the CPU runs it
 */
export async function openGraph(options: OpenOptions): Promise<OpenedGraph> {
  const now = options.now ?? ((): number => performance.now());
  const refused: Refusal[] = [];
  let cpu: Trial | null = null;
  const onCpu = async (): Promise<Trial> => (cpu ??= await trial(options, 'cpu', now));
  try {
    for (const provider of options.order) {
      if (provider === 'cpu') break;
      const outcome = await attempt(options, provider, onCpu, now);
      if ('reason' in outcome) {
        refused.push({ provider, reason: outcome.reason });
        continue;
      }
      await (cpu as Trial | null)?.session.release();
      return { session: outcome.session, provider, refused, warmUpMs: outcome.warmUpMs };
    }
    const { session, warmUpMs } = await onCpu();
    return { session, provider: 'cpu', refused, warmUpMs };
  } catch (cause) {
    if (cause instanceof AttuneError) throw cause;
    throw new AttuneError('model-incompatible', "A model can't be run on this machine.", { cause });
  }
}

interface Trial {
  session: GraphSession;
  outputs: Awaited<ReturnType<GraphSession['run']>>;
  warmUpMs: number;
  runMs: number;
}

async function attempt(
  options: OpenOptions,
  provider: Provider,
  onCpu: () => Promise<Trial>,
  now: () => number,
): Promise<Trial | { reason: string }> {
  const known = options.unavailable.get(provider);
  if (known !== undefined) return { reason: known };
  let own: Trial;
  try {
    own = await trial(options, provider, now);
  } catch (thrown) {
    const reason = refusalReason(thrown);
    options.unavailable.set(provider, reason);
    return { reason };
  }
  const cpu = await onCpu().catch(async (thrown: unknown) => {
    await own.session.release();
    throw thrown;
  });
  const difference = largestDifference(cpu.outputs, own.outputs);
  const isRight = difference <= TOLERANCE;
  if (isRight && !(options.preferFaster && own.runMs > cpu.runMs)) return own;
  await own.session.release();
  if (!isRight)
    return { reason: `It computes something else than the CPU (difference ${difference.toPrecision(2)}).` };
  const times = `${own.runMs.toFixed(1)} ms against ${cpu.runMs.toFixed(1)} ms`;
  const reason = `It is slower than the CPU here (${times}).`;
  // A GPU imitated in software: trying it with every graph would cost minutes.
  if (own.runMs > HOPELESS * cpu.runMs) options.unavailable.set(provider, reason);
  return { reason };
}

/** Loads, warms up, and runs once more for the time. */
async function trial(options: OpenOptions, provider: Provider, now: () => number): Promise<Trial> {
  const session = await options.create(provider);
  try {
    const started = now();
    await session.run(options.golden);
    const warm = now();
    const outputs = await session.run(options.golden);
    return { session, outputs, warmUpMs: warm - started, runMs: now() - warm };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/**
 * The library's first line, without the place in its source ("… was false. ") and without paths: they hold the name of whoever uses
 * this machine.
 */
export function refusalReason(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const [line = ''] = text.trim().split('\n', 1);
  const said = line.split(' was false. ').at(-1) ?? line;
  return said.replaceAll(/(?:[A-Za-z]:)?[\\/][^\s'"]*/g, '…').slice(0, 200) || 'It gave no reason.';
}
