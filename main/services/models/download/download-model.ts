/** A model from an address that the person named, now: fetched into a hidden folder of the models, then brought in like any other. */
import { mkdir, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { DOWNLOAD_STAGE } from '#contract/jobs/job.ts';
import { isArchive, type DownloadRequest } from '#contract/models/address.ts';
import { AttuneError, type ErrorCode } from '#contract/errors.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { CutShort, type WorkContext } from '#main/jobs/work.ts';
import { downloadFolder } from '#main/platform/imported-models.ts';
import {
  IMPORT_MODEL_STAGES,
  importError,
  importWhisper,
  type ImportWhisperParts,
} from '../import-whisper.ts';
import { pathSource } from '../path-source.ts';
import type { ModelSource } from '../source.ts';
import { LockFile } from '../../workspace/lock-file.ts';
import { sweep } from '../sweep.ts';
import { nameOf } from './address-name.ts';
import { noModelThere, NotThere, underWay } from './errors.ts';
import { fetchFile, type Patience } from './fetch-file.ts';
import { fetchWhisperFolder } from './whisper-folder.ts';

export const DOWNLOAD_MODEL_STAGES = [{ name: DOWNLOAD_STAGE, weight: 40 }, ...IMPORT_MODEL_STAGES];

export const PATIENCE: Patience = { stallMs: 60_000, pauseMs: 2_000 };

/** The zip reader's own limit. */
const MOST_ARCHIVE_BYTES = 2 ** 32;

/** After these the same bytes would fail again, or were to go. Everything else is gone on with. */
const USELESS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'download-no-model',
  'download-redirected',
  'model-missing',
  'model-damaged',
  'model-incompatible',
  'model-exists',
  'file-too-large',
  'disk-full',
]);

/**
 * Throws what importWhisper does, and 'download-under-way' (another program, or this one, downloads from there), 'download-failed' (what came is
 * kept), 'download-no-model', 'download-mismatch', 'download-redirected', 'argument-invalid'. Cancelled, it leaves nothing; cut short (CutShort), it
 * leaves what came, and the next one from that address goes on with it.
 */
export async function downloadModel(
  request: DownloadRequest,
  { patience = PATIENCE, ...parts }: ImportWhisperParts & { patience?: Patience },
  context: WorkContext,
): Promise<ModelManifest> {
  checkRequest(request);
  const address = new URL(request.address);
  const { modelsFolder } = parts;
  const folder = path.join(modelsFolder, downloadFolder(address.href));
  const report = context.stage(DOWNLOAD_STAGE);
  report.progress(0);
  const lock = await locked(folder);
  try {
    await mkdir(folder, { recursive: true });
    // As young as its last use: that is what the sweep goes by.
    await utimes(folder, new Date(), new Date());
    await sweep(modelsFolder);
    const source = isArchive(address)
      ? await fetchArchive(address, request.sha256, folder, patience, context)
      : await fetchWhisperFolder(address, { folder, modelsFolder, patience }, context);
    report.done();
    try {
      const manifest = await importWhisper(source, parts, context);
      await discard(folder, context);
      return manifest;
    } finally {
      await source.close();
    }
  } catch (thrown) {
    const error = importError(thrown);
    if (isOver(error, context.signal)) await discard(folder, context);
    throw error;
  } finally {
    await lock.release();
  }
}

async function discard(folder: string, context: WorkContext): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  context.holds(null);
}

/** Two programs that write into one folder would spoil each other's files. The lock lies beside it, and outlives it. */
async function locked(folder: string): Promise<LockFile> {
  const lock = `${folder}.lock`;
  try {
    await mkdir(path.dirname(lock), { recursive: true });
    return await LockFile.take(lock, () => underWay(path.basename(lock)));
  } catch (thrown) {
    throw importError(thrown);
  }
}

/** Throws 'argument-invalid'. */
export function checkRequest({ address, sha256 }: DownloadRequest): void {
  if (sha256 !== null && !isArchive(new URL(address)))
    throw new AttuneError(
      'argument-invalid',
      'A SHA-256 is that of one file: it goes with the address of a ZIP archive.',
    );
}

function isOver(thrown: unknown, { aborted, reason }: AbortSignal): boolean {
  return aborted ? !(reason instanceof CutShort) : thrown instanceof AttuneError && USELESS.has(thrown.code);
}

async function fetchArchive(
  address: URL,
  sha256: string | null,
  folder: string,
  patience: Patience,
  context: WorkContext,
): Promise<ModelSource> {
  const file = path.join(folder, 'model.zip');
  const report = context.stage(DOWNLOAD_STAGE);
  try {
    await fetchFile(
      { address, file, mostBytes: MOST_ARCHIVE_BYTES, sha256 },
      patience,
      context.signal,
      (bytes, total) => {
        context.holds(bytes);
        if (total !== null) report.progress(bytes / total);
      },
    );
  } catch (thrown) {
    throw thrown instanceof NotThere ? noModelThere(thrown.message) : thrown;
  }
  return { ...(await pathSource(file)), name: nameOf(address) };
}
