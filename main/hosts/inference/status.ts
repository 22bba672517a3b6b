/** What state each model is in, and what runs where. */
import { createHash } from 'node:crypto';
import type { ModelUse } from '#contract/analysis/result.ts';
import { toErrorData } from '#contract/errors.ts';
import type { ErrorData } from '#contract/errors.ts';
import { modelTag } from '#contract/models/manifest.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { ModelStatus } from '#contract/system/models.ts';
import type { InstalledModel } from '#main/platform/weights.ts';
import type { GraphStore } from './graph-store.ts';
import type { OpenedGraph } from './providers.ts';
import { verify } from './verified-file.ts';

/** Hashes a model's files unless it is loaded, which proves them. */
export async function statusOf(model: InstalledModel, graphs: GraphStore): Promise<ModelStatus> {
  const { settings: _settings, ...manifest } = model.manifest;
  const opened = graphs.openedOf(model.manifest);
  const error = opened.length > 0 ? null : await problemOf(model);
  return {
    manifest,
    state: stateOf(model.manifest, opened, error),
    provider: opened.length > 0 ? providersOf(opened) : null,
    refused: refusalsOf(opened),
    warmUpMs: opened.length > 0 ? opened.reduce((sum, graph) => sum + graph.warmUpMs, 0) : null,
    error,
  };
}

/** A loaded model as results name it. A model of numbers only (fusion) has no graph and counts as run by the CPU. */
export function useOf(manifest: ModelManifest, graphs: GraphStore): ModelUse {
  const opened = graphs.openedOf(manifest);
  return {
    model: modelTag(manifest),
    sha256: fingerprint(manifest),
    provider: opened.length > 0 ? providersOf(opened) : 'cpu',
  };
}

/** The hash of the only file; of several, or none, the hash of their hashes and the settings. */
function fingerprint(manifest: ModelManifest): string {
  const [only, ...more] = manifest.files;
  if (only !== undefined && more.length === 0) return only.sha256;
  const parts = [...manifest.files.map((file) => file.sha256), JSON.stringify(manifest.settings)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

async function problemOf(model: InstalledModel): Promise<ErrorData | null> {
  try {
    for (const file of model.manifest.files) await verify(model, file);
    return null;
  } catch (thrown) {
    return toErrorData(thrown);
  }
}

function stateOf(
  manifest: ModelManifest,
  opened: readonly OpenedGraph[],
  error: ErrorData | null,
): ModelStatus['state'] {
  if (error !== null) return error.code === 'model-missing' ? 'missing' : 'damaged';
  return opened.length > 0 || manifest.files.length === 0 ? 'ready' : 'not-loaded';
}

const providersOf = (opened: readonly OpenedGraph[]): string =>
  [...new Set(opened.map((graph) => graph.provider))].join(', ');

function refusalsOf(opened: readonly OpenedGraph[]): ModelStatus['refused'] {
  const byText = new Map(
    opened
      .flatMap((graph) => graph.refused)
      .map((refusal) => [`${refusal.provider} ${refusal.reason}`, refusal]),
  );
  return [...byText.values()];
}
