/** Bringing a recording into the library: probed, encrypted, and there only once it is whole. */
import { randomUUID } from 'node:crypto';
import { basename, extname } from 'node:path';
import { AttuneError, cancelledError } from '#contract/errors.ts';
import type { MediaInfo } from '#contract/media/media-info.ts';
import type { MediaTools } from '../../hosts/media/media.ts';
import { HEAD_BYTES, sniff } from '../../hosts/media/sniff.ts';
import type { WorkContext } from '../../jobs/work.ts';
import { newFileId } from '../workspace/media-store.ts';
import type { StagedFile } from '../workspace/media-store.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { SourceFile } from './source-file.ts';

/** For the job's WorkRequest. */
export const IMPORT_STAGES = [
  { name: 'probe', weight: 1 },
  { name: 'store', weight: 4 },
];

export type RecordingSource =
  | { kind: 'path'; path: string }
  /** An upload that was taken from Uploads. */
  | { kind: 'staged'; name: string; staged: StagedFile };

export interface ImportRequest {
  source: RecordingSource;
  /** Default: the file's name without its ending. */
  title?: string;
  participant?: string | null;
  /** Made by Attune itself, and shown as such. */
  sample?: boolean;
}

export interface Imported {
  sessionId: string;
  recordingId: string;
}

const MAX_TITLE_CHARACTERS = 200;

/** Throws a code for what the file is ('file-…', 'media-…'), 'disk-full' or 'cancelled'; then nothing of it is left. */
export function importRecording(
  workspace: OpenWorkspace,
  tools: MediaTools,
  request: ImportRequest,
  context: WorkContext,
): Promise<Imported> {
  const { source } = request;
  return source.kind === 'path'
    ? importPath(workspace, tools, source.path, request, context)
    : importStaged(workspace, tools, source, request, context);
}

async function importPath(
  workspace: OpenWorkspace,
  tools: MediaTools,
  path: string,
  request: ImportRequest,
  context: WorkContext,
): Promise<Imported> {
  const file = await SourceFile.open(path);
  const fileId = newFileId();
  try {
    const media = await probe(context, (signal) => tools.probe({ kind: 'file', path }, { signal }));
    await workspace.database.call('files.plan', { store: 'media', fileId });
    const store = context.stage('store');
    const content = file.content((bytes) => store.progress(bytes / file.bytes));
    const staged = await workspace.media.stage(content, { fileId, signal: context.signal });
    await file.verifyUnchanged();
    const imported = await admit(workspace, staged, media, basename(path), request);
    store.done();
    return imported;
  } catch (thrown) {
    await takeBack(workspace, fileId);
    throw thrown;
  } finally {
    await file.close();
  }
}

/** An upload is on disk already, encrypted: it is probed through an address of its own. */
async function importStaged(
  workspace: OpenWorkspace,
  tools: MediaTools,
  { name, staged }: { name: string; staged: StagedFile },
  request: ImportRequest,
  context: WorkContext,
): Promise<Imported> {
  try {
    const media = await probe(context, (signal) => probeStaged(workspace, tools, staged, signal));
    await workspace.database.call('files.plan', { store: 'media', fileId: staged.fileId });
    if (context.signal.aborted) throw cancelledError();
    const imported = await admit(workspace, staged, media, basename(name), request);
    context.stage('store').done();
    return imported;
  } catch (thrown) {
    await takeBack(workspace, staged.fileId);
    throw thrown;
  }
}

async function probe(
  context: WorkContext,
  look: (signal: AbortSignal) => Promise<MediaInfo>,
): Promise<MediaInfo> {
  const stage = context.stage('probe');
  const media = await look(context.signal);
  stage.done();
  return media;
}

async function probeStaged(
  workspace: OpenWorkspace,
  tools: MediaTools,
  staged: StagedFile,
  signal: AbortSignal,
): Promise<MediaInfo> {
  const file = await staged.open();
  const address = await workspace.ranges.serve(file);
  try {
    for await (const head of file.readRange(0, HEAD_BYTES)) refusePointing(head);
    return await tools.probe({ kind: 'stored', url: address.url }, { signal });
  } finally {
    address.revoke();
    await workspace.media.release(file);
  }
}

/** What a tool sees as a recording's own bytes must not make it open something else. */
function refusePointing(head: Uint8Array): void {
  if (sniff(head).kind !== 'refers-elsewhere') return;
  throw new AttuneError(
    'media-refers-elsewhere',
    'The file is a list that points to other files or addresses; it was not followed.',
    { kept: 'Nothing was imported.', remedy: 'Choose the recordings themselves.' },
  );
}

/** The file takes its name, then the rows appear, all in one transaction. */
async function admit(
  workspace: OpenWorkspace,
  staged: StagedFile,
  media: MediaInfo,
  name: string,
  request: ImportRequest,
): Promise<Imported> {
  await staged.commit();
  const sessionId = randomUUID();
  const recordingId = randomUUID();
  const at = new Date().toISOString();
  await workspace.database.call('recordings.add', {
    session: {
      id: sessionId,
      title: titleOf(request.title ?? basename(name, extname(name)), name),
      participant: request.participant ?? null,
      createdAt: at,
      sample: request.sample ?? false,
    },
    stored: {
      fileId: staged.fileId,
      recording: {
        id: recordingId,
        sessionId,
        name,
        bytes: staged.bytes,
        sha256: staged.sha256,
        media,
        state: 'imported',
        error: null,
        importedAt: at,
      },
    },
    at,
  });
  return { sessionId, recordingId };
}

function titleOf(wanted: string, name: string): string {
  const title = wanted.trim() === '' ? name : wanted.trim();
  return Array.from(title).slice(0, MAX_TITLE_CHARACTERS).join('');
}

/**
 * Removes the file unless the library has it: a host that died after its commit reports a failure for what is stored.
 * What can't be removed now stands on the list of files to delete, and goes at the next start.
 */
async function takeBack(workspace: OpenWorkspace, fileId: string): Promise<void> {
  try {
    const { files } = await workspace.database.call('files.planned', {});
    const planned = files.filter((file) => file.store === 'media' && file.fileId === fileId);
    if (planned.length > 0) await workspace.deleteFiles(planned);
    else await workspace.media.discardUnfinished(fileId);
  } catch (thrown) {
    if (!(thrown instanceof AttuneError)) throw thrown;
  }
}
