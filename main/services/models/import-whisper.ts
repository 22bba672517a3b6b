/** A Whisper model from where it lies into the person's models: looked at, copied under a name that nothing reads, tried, and only then given its own. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { ModelFile, ModelManifest } from '#contract/models/manifest.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { syncFolder, writeAll } from '#main/platform/durable.ts';
import { JSON_FILES, whisperFiles } from '#models/speech/whisper/folder.ts';
import { systemCode, writeError } from '../workspace/file-errors.ts';
import { damaged, entriesBelowRoot, kept, lookAtWhisper, tooLarge } from './look-at-whisper.ts';
import { onnxProblem } from './onnx-file.ts';
import type { ModelSource, SourceEntry } from './source.ts';
import { sweep } from './sweep.ts';
import { manifestOf } from './whisper-manifest.ts';

export const IMPORT_MODEL_STAGES = [
  { name: 'model-check', weight: 1 },
  { name: 'model-copy', weight: 10 },
  { name: 'model-try', weight: 10 },
];

export interface ImportWhisperParts {
  /** The person's models, a folder each. */
  modelsFolder: string;
  inference: HostClient<InferenceTasks>;
}

/** ONNX itself allows no more in one file. */
export const MOST_GRAPH_BYTES = 2 ** 31;

/**
 * Throws 'model-missing' (a file isn't there), 'model-damaged' (cut off), 'model-incompatible' (another model), 'model-exists',
 * 'file-too-large', 'disk-full', 'cancelled'. Whatever it throws, the models are what they were.
 */
export async function importWhisper(
  source: ModelSource,
  { modelsFolder, inference }: ImportWhisperParts,
  context: WorkContext,
): Promise<ModelManifest> {
  const { signal } = context;
  const entries = entriesBelowRoot(source.entries);
  const files = whisperFiles([...entries.keys()]);
  const entry = (name: string): SourceEntry => entries.get(name)!;
  const { id, description } = await lookAtWhisper(source, modelsFolder, signal);
  const folder = path.join(modelsFolder, id);
  context.stage('model-check').done();

  const temporary = path.join(modelsFolder, `.import-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(temporary, { recursive: true });
    await sweep(modelsFolder);
    const parts: (readonly [role: string, name: string])[] = [
      ['encoder', files.encoder],
      ['decoder', files.decoder],
      ['tokenizer', JSON_FILES.tokenizer],
      ['config', JSON_FILES.config],
      ['generation', JSON_FILES.generation],
      ['preprocessor', JSON_FILES.preprocessor],
    ];
    const copied = await copyAll(
      source,
      parts.map(([role, name]) => [role, entry(name)] as const),
      temporary,
      context,
    );
    const manifest = await tried(
      manifestOf(id, description, files.precision, copied),
      temporary,
      inference,
      context,
    );
    signal.throwIfAborted();
    await rename(temporary, folder);
    await syncFolder(modelsFolder);
    return manifest;
  } catch (thrown) {
    throw importError(thrown);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function copyAll(
  source: ModelSource,
  parts: readonly (readonly [role: string, entry: SourceEntry])[],
  folder: string,
  context: WorkContext,
): Promise<ModelFile[]> {
  const { signal } = context;
  const report = context.stage('model-copy');
  const total = parts.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  let before = 0;
  const files: ModelFile[] = [];
  for (const [role, entry] of parts) {
    if (entry.bytes > MOST_GRAPH_BYTES) throw tooLarge(entry.path);
    const name = path.posix.basename(entry.path);
    const hash = createHash('sha256');
    const handle = await open(path.join(folder, name), 'wx', 0o600);
    let bytes = 0;
    try {
      for await (const piece of source.read(entry)) {
        signal.throwIfAborted();
        hash.update(piece);
        await writeAll(handle, piece);
        bytes += piece.length;
        report.progress((before + bytes) / total);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    before += bytes;
    const problem = name.endsWith('.onnx') ? await onnxProblem(path.join(folder, name)) : null;
    if (problem !== null) throw damaged(`the file ${name} ${problem}`);
    files.push({ role, path: name, bytes, sha256: hash.digest('hex') });
  }
  report.done();
  return files;
}

/** Runs it, and says in the manifest whether its words get times. */
async function tried(
  manifest: ModelManifest,
  folder: string,
  inference: HostClient<InferenceTasks>,
  context: WorkContext,
): Promise<ModelManifest> {
  const file = path.join(folder, 'manifest.json');
  await writeFile(file, JSON.stringify(manifest));
  const { wordTimes } = await inference
    .call('whisper.try', { folder }, { signal: context.signal })
    .catch((thrown: unknown) => {
      throw isIncompatible(thrown) ? foreign(manifest, thrown) : thrown;
    });
  const told = {
    ...manifest,
    notice: wordTimes
      ? 'Brought in on this machine. Its decoder says where it looks, so words get times.'
      : 'Brought in on this machine. Its decoder does not say where it looks, so words get no times, and short utterances take longer.',
    settings: wordTimes ? manifest.settings : { ...manifest.settings, alignmentHeads: [] },
  };
  await writeFile(file, `${JSON.stringify(told, null, 2)}\n`);
  context.stage('model-try').done();
  return told;
}

const isIncompatible = (thrown: unknown): boolean =>
  thrown instanceof AttuneError && thrown.code === 'model-incompatible';

/** It is whole ONNX, and not what its name says. */
function foreign({ files }: ModelManifest, cause: unknown): AttuneError {
  const graphs = files.map((file) => file.path).filter((name) => name.endsWith('.onnx'));
  return new AttuneError(
    'model-incompatible',
    `The files ${graphs.join(' and ')} don't run as a Whisper model.`,
    {
      kept,
      remedy: 'Take all files of the folder from one export of one model.',
      cause,
    },
  );
}

/** What the file system says, as a code with a sentence; everything else as it is. */
export function importError(thrown: unknown): unknown {
  const code = systemCode(thrown);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new AttuneError('output-not-writable', "The folder of the models can't be written to.", {
      kept,
      cause: thrown,
    });
  return writeError(thrown);
}
