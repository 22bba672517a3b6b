/** Loaded graphs: each verified, opened at its first use, and kept. */
import type { ModelManifest } from '#contract/models/manifest.ts';
import { modelTag } from '#contract/models/manifest.ts';
import { fileOf } from '#models/catalogue/catalogue.ts';
import { withBranchOutputs, withExtraOutputs } from '#models/onnx/graph-outputs.ts';
import type { Tensors } from '#models/tensor.ts';
import type { InstalledModel } from '#main/platform/weights.ts';
import type { InferenceConfig } from './config.ts';
import { createSession } from './ort.ts';
import { openGraph, providerOrder, refusalReason } from './providers.ts';
import type { OpenedGraph, Provider } from './providers.ts';
import { readVerified } from './verified-file.ts';

export interface GraphRequest {
  model: InstalledModel;
  role: string;
  /** What a provider's output is compared on, and the warm-up. */
  golden: Tensors;
  /** Inner tensors to give out as well. */
  extraOutputs?: readonly string[];
  /** The same for a graph of branches: the names they get, and theirs. */
  branchOutputs?: Readonly<Record<string, string>>;
  /** For graphs so small that any transfer costs more than it saves. */
  cpuOnly?: boolean;
  /** For graphs that go step by step: a second thread would only wait, and its waiting costs more than it brings. */
  oneThread?: boolean;
}

/** Runs a graph; rejects with the signal's reason when the work was cancelled before or during the run. */
export type RunGraph = (feeds: Tensors, signal: AbortSignal) => Promise<Tensors>;

export class GraphStore {
  private readonly config: Pick<InferenceConfig, 'executionProvider' | 'threads'>;
  private readonly create: typeof createSession;
  private readonly graphs = new Map<string, Promise<void>>();
  private readonly unavailable = new Map<Provider, string>();
  private readonly opened = new Map<string, OpenedGraph>();

  constructor(config: Pick<InferenceConfig, 'executionProvider' | 'threads'>, create = createSession) {
    this.config = config;
    this.create = create;
  }

  /** @throws AttuneError 'model-missing', 'model-damaged', 'model-incompatible' */
  async open(request: GraphRequest): Promise<RunGraph> {
    const key = `${modelTag(request.model.manifest)} ${request.role}`;
    let graph = this.graphs.get(key);
    if (graph === undefined) {
      graph = this.load(request).then((opened) => void this.opened.set(key, opened));
      this.graphs.set(key, graph);
      // What failed may be repaired meanwhile: the next call tries again.
      graph.catch(() => this.graphs.delete(key));
    }
    await graph;
    return async (feeds, signal) => {
      signal.throwIfAborted();
      const outputs = await this.run(key, request, feeds);
      signal.throwIfAborted();
      return outputs;
    };
  }

  /** The graphs of a model that are loaded. */
  openedOf(manifest: ModelManifest): OpenedGraph[] {
    return this.keysOf(manifest).map((key) => this.opened.get(key)!);
  }

  /** Forgets what was opened of a model and gives its memory back; nobody may be running it. */
  async release(manifest: ModelManifest): Promise<void> {
    for (const key of this.keysOf(manifest)) {
      const { session } = this.opened.get(key)!;
      this.graphs.delete(key);
      this.opened.delete(key);
      await session.release();
    }
  }

  private keysOf(manifest: ModelManifest): string[] {
    const prefix = `${modelTag(manifest)} `;
    return [...this.opened.keys()].filter((key) => key.startsWith(prefix));
  }

  /** A GPU that fails later (its memory is full, its driver was reset) is left for the CPU, in the middle of the work. */
  private async run(key: string, request: GraphRequest, feeds: Tensors): Promise<Tensors> {
    const graph = this.opened.get(key)!;
    try {
      return await graph.session.run(feeds);
    } catch (thrown) {
      if (graph.provider === 'cpu') throw thrown;
      const onCpu = await this.load({ ...request, cpuOnly: true });
      onCpu.refused.push(...graph.refused, { provider: graph.provider, reason: refusalReason(thrown) });
      this.opened.set(key, onCpu);
      // What it failed at may keep it from letting go as well.
      await graph.session.release().catch(() => undefined);
      return onCpu.session.run(feeds);
    }
  }

  private async load(request: GraphRequest): Promise<OpenedGraph> {
    const { model, role, golden, extraOutputs = [], branchOutputs, cpuOnly = false } = request;
    const { executionProvider } = this.config;
    const threads = request.oneThread ? 1 : this.config.threads;
    const file = await readVerified(model, fileOf(model.manifest, role));
    const bytes = withExtraOutputs(
      branchOutputs ? withBranchOutputs(file, branchOutputs) : file,
      extraOutputs,
    );
    return openGraph({
      order: cpuOnly ? ['cpu'] : providerOrder(executionProvider, process.platform),
      create: (provider) => this.create(bytes, provider, threads),
      golden,
      unavailable: this.unavailable,
      preferFaster: executionProvider === 'auto',
    });
  }
}
