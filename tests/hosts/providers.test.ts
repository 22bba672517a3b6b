import { beforeAll, describe, expect, it } from 'vitest';
import { floats, type Tensors } from '#models/tensor.ts';
import { silentState } from '#models/speech/voice-activity.ts';
import { installedModels } from '#main/platform/weights.ts';
import { fileOf } from '#models/catalogue/catalogue.ts';
import { largestDifference } from '#main/hosts/inference/compare.ts';
import type { GraphSession } from '#main/hosts/inference/graph.ts';
import { GraphStore } from '#main/hosts/inference/graph-store.ts';
import { createSession } from '#main/hosts/inference/ort.ts';
import { openGraph, providerOrder, refusalReason } from '#main/hosts/inference/providers.ts';
import type { OpenOptions, Provider } from '#main/hosts/inference/providers.ts';
import { readVerified } from '#main/hosts/inference/verified-file.ts';

/** A real graph, so that only the provider's misbehaviour is made up. */
let model: Uint8Array;
const golden: Tensors = {
  input: floats(
    Float32Array.from({ length: 576 }, (_, i) => Math.sin(i / 9)),
    [1, 576],
  ),
  ...silentState(),
};
beforeAll(async () => {
  const silero = (await installedModels()).find((each) => each.manifest.task === 'voice-activity')!;
  model = await readVerified(silero, fileOf(silero.manifest, 'model'));
});

const onCpu = (): Promise<GraphSession> => createSession(model, 'cpu', 1);
const asGpu = (session: GraphSession, change: (value: number) => number): GraphSession => ({
  release: () => session.release(),
  run: async (feeds) =>
    Object.fromEntries(
      Object.entries(await session.run(feeds)).map(([name, { dims, data }]) => [
        name,
        floats((data as Float32Array).map(change), dims),
      ]),
    ),
});

const open = (create: OpenOptions['create'], more: Partial<OpenOptions> = {}): ReturnType<typeof openGraph> =>
  openGraph({
    order: ['cuda', 'webgpu', 'cpu'],
    create,
    golden,
    unavailable: new Map(),
    preferFaster: false,
    ...more,
  });

describe('opening a graph', () => {
  it('falls back past a provider that refuses, and says why', async () => {
    const graph = await open((provider) =>
      provider === 'cpu' ? onCpu() : Promise.reject(new Error(`${provider} is not here`)),
    );
    expect(graph.provider).toBe('cpu');
    expect(graph.refused).toEqual([
      { provider: 'cuda', reason: 'cuda is not here' },
      { provider: 'webgpu', reason: 'webgpu is not here' },
    ]);
    expect(graph.warmUpMs).toBeGreaterThan(0);
  });

  it('refuses a provider that gives wrong numbers, takes the next that is right', async () => {
    const graph = await open(async (provider) => {
      const session = await onCpu();
      if (provider === 'cpu') return session;
      return asGpu(session, provider === 'cuda' ? (value) => value + 0.1 : (value) => value * 1.001);
    });
    expect(graph.provider).toBe('webgpu');
    expect(graph.refused).toHaveLength(1);
    expect(graph.refused[0]?.reason).toContain('something else than the CPU');
  });

  it('refuses a provider that gives no numbers at all, and releases what it refused', async () => {
    const released: string[] = [];
    const watched = async (provider: Provider): Promise<GraphSession> => {
      const session = await onCpu();
      const changed = provider === 'cpu' ? session : asGpu(session, () => Number.NaN);
      return {
        run: (feeds) => changed.run(feeds),
        release: () => {
          released.push(provider);
          return changed.release();
        },
      };
    };
    expect((await open(watched)).provider).toBe('cpu');
    expect(released).toEqual(['cuda', 'webgpu']);
  });

  it('releases what it opened when the CPU cannot say whether it is right', async () => {
    const released: string[] = [];
    const gpuAlone = async (provider: Provider): Promise<GraphSession> => {
      if (provider === 'cpu') throw new Error('no memory');
      const session = await onCpu();
      return {
        ...session,
        release: () => {
          released.push(provider);
          return session.release();
        },
      };
    };
    await expect(open(gpuAlone)).rejects.toMatchObject({ code: 'model-incompatible' });
    expect(released).toEqual(['cuda']);
  });

  it('leaves a slower one only when it is to choose by itself', async () => {
    let clock = 0;
    const timed = async (provider: Provider): Promise<GraphSession> => {
      const session = await onCpu();
      return {
        release: () => session.release(),
        run: (feeds) => {
          clock += provider === 'cpu' ? 2 : 5;
          return session.run(feeds);
        },
      };
    };
    const now = (): number => clock;
    const chosen = await open(timed, { preferFaster: true, now });
    expect(chosen.provider).toBe('cpu');
    expect(chosen.refused[0]?.reason).toBe('It is slower than the CPU here (5.0 ms against 2.0 ms).');
    expect((await open(timed, { now })).provider).toBe('cuda');
  });

  it('does not try one that is hopelessly slow with every graph', async () => {
    let clock = 0;
    const unavailable = new Map<Provider, string>();
    const crawling = async (provider: Provider): Promise<GraphSession> => {
      const session = await onCpu();
      return {
        release: () => session.release(),
        run: (feeds) => {
          clock += provider === 'cuda' ? 500 : provider === 'webgpu' ? 3 : 2;
          return session.run(feeds);
        },
      };
    };
    await open(crawling, { preferFaster: true, now: () => clock, unavailable });
    expect([...unavailable.keys()]).toEqual(['cuda']);
  });

  it('does not look again for a provider that an earlier graph could not have', async () => {
    const tried: Provider[] = [];
    const unavailable = new Map<Provider, string>();
    const create = (provider: Provider): Promise<GraphSession> => {
      tried.push(provider);
      return provider === 'cpu' ? onCpu() : Promise.reject(new Error('no device'));
    };
    await open(create, { unavailable });
    const second = await open(create, { unavailable });
    expect(tried).toEqual(['cuda', 'webgpu', 'cpu', 'cpu']);
    expect(second.refused).toHaveLength(2);
  });

  it('has a code when not even the CPU can run it', async () => {
    const broken = createSession(Uint8Array.of(8, 1, 2, 3), 'cpu', 1);
    await expect(open(() => broken)).rejects.toMatchObject({ code: 'model-incompatible' });
  });

  it('with the real library: whatever the GPUs here say, the result is the CPU’s or a faithful one', async () => {
    const graph = await open((provider) => createSession(model, provider, 1), {
      order: ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'],
    });
    const reference = await (await onCpu()).run(golden);
    expect(largestDifference(reference, await graph.session.run(golden))).toBeLessThan(0.02);
    expect(graph.refused.every(({ reason }) => reason.length > 0 && !/[\\/]\w/.test(reason))).toBe(true);
  });
});

it('a GPU that fails in the middle of the work is left for the CPU', async () => {
  const model = (await installedModels()).find((each) => each.manifest.task === 'voice-activity')!;
  let runs = 0;
  const released: Provider[] = [];
  const store = new GraphStore(
    { executionProvider: 'webgpu', threads: 1 },
    async (bytes, provider, threads) => {
      const session = await createSession(bytes, 'cpu', threads);
      const release = (): Promise<void> => {
        released.push(provider);
        return session.release();
      };
      if (provider === 'cpu') return { ...session, release };
      return {
        release,
        run: (feeds) => (++runs > 3 ? Promise.reject(new Error('device lost')) : session.run(feeds)),
      };
    },
  );
  const run = await store.open({ model, role: 'model', golden });
  const { signal } = new AbortController();
  const before = await run(golden, signal);
  expect(released).toEqual(['cpu']);
  expect(store.openedOf(model.manifest)).toMatchObject([{ provider: 'webgpu' }]);
  const after = await run(golden, signal);
  expect(after.speech_probs!.data).toEqual(before.speech_probs!.data);
  expect(store.openedOf(model.manifest)).toMatchObject([
    { provider: 'cpu', refused: [{ provider: 'webgpu', reason: 'device lost' }] },
  ]);
  expect(released).toEqual(['cpu', 'webgpu']);
  await store.release(model.manifest);
  expect(store.openedOf(model.manifest)).toEqual([]);
  expect(released).toEqual(['cpu', 'webgpu', 'cpu']);
});

describe('the order', () => {
  it('follows the platform, ends with the CPU', () => {
    expect(providerOrder('auto', 'linux')).toEqual(['cuda', 'webgpu', 'cpu']);
    expect(providerOrder('auto', 'win32')).toEqual(['dml', 'webgpu', 'cpu']);
    expect(providerOrder('auto', 'darwin')).toEqual(['coreml', 'webgpu', 'cpu']);
    expect(providerOrder('auto', 'freebsd')).toEqual(['cpu']);
    expect(providerOrder('webgpu', 'win32')).toEqual(['webgpu', 'cpu']);
    expect(providerOrder('cpu', 'linux')).toEqual(['cpu']);
  });
});

describe('comparing', () => {
  const out = (...values: number[]): Tensors => ({
    y: floats(Float32Array.from(values), [values.length]),
  });

  it('is relative to the largest magnitude', () => {
    expect(largestDifference(out(10, 1), out(10, 1.1))).toBeCloseTo(0.01);
    expect(largestDifference(out(1, 2), out(1, 2))).toBe(0);
  });
  it('takes missing, misshapen and undefined numbers as infinitely wrong', () => {
    expect(largestDifference(out(1), {})).toBe(Infinity);
    expect(largestDifference(out(1), out(1, 2))).toBe(Infinity);
    expect(largestDifference(out(1, 1), out(1, Number.NaN))).toBe(Infinity);
    expect(largestDifference(out(1, 1), out(Number.NaN, 1))).toBe(Infinity);
  });
});

it('a reason names no path and no place in the library', () => {
  expect(
    refusalReason(
      new Error(
        '/onnxruntime_src/webgpu_context.cc:95 Initialize() status == Success was false. Failed to load /home/ana/lib.so: none\nmore',
      ),
    ),
  ).toBe('Failed to load … none');
  expect(refusalReason(new Error('C:\\Users\\Ana\\x.dll is missing'))).toBe('… is missing');
  expect(refusalReason('')).toBe('It gave no reason.');
});
