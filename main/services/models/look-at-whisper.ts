/** What a source says that it holds, from its small files alone. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { describeWhisper, JSON_FILES, type WhisperDescription } from '#models/speech/whisper/folder.ts';
import type { ModelSource, SourceEntry } from './source.ts';
import { idOf } from './whisper-manifest.ts';

export const MOST_JSON_BYTES = 64 * 2 ** 20;
export const kept = 'Nothing was brought in.';

/**
 * The source must have all of JSON_FILES. Throws 'model-damaged', 'model-incompatible', 'file-too-large', and 'model-exists' where the models
 * have one of its name.
 */
export async function lookAtWhisper(
  source: ModelSource,
  modelsFolder: string,
  signal: AbortSignal,
): Promise<{ id: string; description: WhisperDescription }> {
  const entries = entriesBelowRoot(source.entries);
  const json = Object.fromEntries(
    await Promise.all(
      Object.entries(JSON_FILES).map(
        async ([key, name]) => [key, await parsed(source, entries.get(name)!, name, signal)] as const,
      ),
    ),
  ) as Record<keyof typeof JSON_FILES, unknown>;
  const description = describeWhisper(json);
  const id = idOf(description.name ?? source.name);
  if (await stat(path.join(modelsFolder, id)).catch(() => null)) throw alreadyThere(id);
  return { id, description };
}

/** By path below the folder that holds config.json: archives often have one folder around everything. */
export function entriesBelowRoot(entries: readonly SourceEntry[]): Map<string, SourceEntry> {
  const roots = entries
    .filter(({ path: name }) => name === JSON_FILES.config || name.endsWith(`/${JSON_FILES.config}`))
    .map(({ path: name }) => name.slice(0, -JSON_FILES.config.length))
    .sort((a, b) => a.length - b.length);
  const root = roots[0] ?? '';
  return new Map(
    entries
      .filter(({ path: name }) => name.startsWith(root))
      .map((each) => [each.path.slice(root.length), each]),
  );
}

async function parsed(
  source: ModelSource,
  entry: SourceEntry,
  name: string,
  signal: AbortSignal,
): Promise<unknown> {
  if (entry.bytes > MOST_JSON_BYTES) throw tooLarge(name);
  const pieces: Uint8Array[] = [];
  for await (const piece of source.read(entry)) {
    signal.throwIfAborted();
    pieces.push(piece);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)));
  } catch (cause) {
    throw damaged(`${name} can't be read`, cause);
  }
}

export const damaged = (what: string, cause?: unknown): AttuneError =>
  new AttuneError('model-damaged', `This Whisper folder is damaged: ${what}.`, {
    kept,
    remedy: 'Get the model again.',
    cause,
  });

export const tooLarge = (name: string): AttuneError =>
  new AttuneError(
    'file-too-large',
    `The file ${path.posix.basename(name)} is larger than any that a Whisper model needs.`,
    { kept },
  );

const alreadyThere = (id: string): AttuneError =>
  new AttuneError('model-exists', `A model of that name is here already: ${id}.`, {
    kept: 'It was left as it is.',
    remedy: 'Remove it first if this one should take its place.',
  });
