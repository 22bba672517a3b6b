/** The library: sessions, their recordings, and what is known about them. */
import { randomUUID } from 'node:crypto';
import { analysisResult } from '#contract/analysis/result.ts';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import { AttuneError } from '#contract/errors.ts';
import type { ErrorData } from '#contract/errors.ts';
import type { Recording, SessionDetail, SessionSummary } from '#contract/library/entities.ts';
import type { ViewState } from '#contract/methods/table.ts';
import { transcript } from '#contract/transcript/utterance.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import type { StoredRecording } from '../../hosts/database/tasks.ts';
import type { MediaInput, MediaTools } from '../../hosts/media/media.ts';
import type { WorkContext } from '../../jobs/work.ts';
import type { StageCache } from '../analysis/stage-cache.ts';
import type { EncryptedFile } from '../workspace/encrypted-file.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import { DerivedCache } from './derived-cache.ts';
import { importRecording } from './import-recording.ts';
import type { ImportRequest, Imported } from './import-recording.ts';
import { mediaType } from './media-type.ts';
import { ribbonOf } from './ribbon.ts';
import { loadJson, storeJson } from './stored-json.ts';

export interface LibraryOptions {
  workspace: WorkspaceService;
  tools: MediaTools;
  /** Asked each time: `settings.cacheLimitMiB`. */
  cacheLimitMiB: () => number;
}

/** Every method throws 'workspace-none' or 'workspace-locked' unless the workspace is open, and 'record-not-found' for unknown ids. */
export class LibraryService {
  private readonly workspace: WorkspaceService;
  private readonly tools: MediaTools;
  private readonly cacheLimitMiB: () => number;
  private readonly caches = new WeakMap<OpenWorkspace, DerivedCache>();
  private readonly listeners = new Set<() => void>();

  constructor(options: LibraryOptions) {
    this.workspace = options.workspace;
    this.tools = options.tools;
    this.cacheLimitMiB = options.cacheLimitMiB;
    this.workspace.afterOpen(() => this.tidyCache());
  }

  /** Newest first. */
  async list(query: string): Promise<SessionSummary[]> {
    return (await this.database.call('sessions.list', { query })).sessions;
  }

  session(sessionId: string): Promise<SessionDetail> {
    return this.database.call('sessions.get', { sessionId });
  }

  async recording(recordingId: string): Promise<Recording> {
    return (await this.stored(recordingId)).recording;
  }

  /** The body of an import job, with the stages of IMPORT_STAGES. */
  async import(request: ImportRequest, context: WorkContext): Promise<Imported> {
    const imported = await importRecording(this.workspace.opened(), this.tools, request, context);
    this.changed();
    return imported;
  }

  async rename(sessionId: string, title: string, participant: string | null): Promise<SessionSummary> {
    const named = participant?.trim() === '' ? null : (participant?.trim() ?? null);
    const request = { sessionId, title, participant: named, at: now() };
    const summary = await this.database.call('sessions.rename', request);
    this.changed();
    return summary;
  }

  /** Rows first, files then: a crash between leaves files that the next start deletes. */
  async remove(sessionId: string): Promise<void> {
    const workspace = this.workspace.opened();
    const removed = await workspace.database.call('sessions.remove', { sessionId, at: now() });
    this.changed();
    await workspace.deleteFiles(removed.files);
    for (const recordingId of removed.recordingIds) await this.cache(workspace).removeRecording(recordingId);
  }

  /** 'analysing' when an analysis starts, 'failed' with its error; a cancelled one goes back with `endAnalysis`. */
  async setState(recordingId: string, state: 'analysing' | 'failed', error: ErrorData | null): Promise<void> {
    await this.database.call('recordings.setState', { recordingId, state, error });
    this.changed();
  }

  /** After a cancelled analysis: 'analysed' where there is a result from before, else 'imported'. */
  async endAnalysis(recordingId: string): Promise<void> {
    const { run } = await this.database.call('analysis.get', { recordingId });
    const state = run === null ? 'imported' : 'analysed';
    await this.database.call('recordings.setState', { recordingId, state, error: null });
    this.changed();
  }

  /** Replaces the result before; that one is kept until the new one is durable. */
  async saveResult(recordingId: string, result: AnalysisResult): Promise<void> {
    const workspace = this.workspace.opened();
    const replaced = await storeJson(workspace, result, async (stored) => {
      const run = {
        id: randomUUID(),
        recordingId,
        createdAt: result.createdAt,
        settings: JSON.stringify(result.settings),
        models: JSON.stringify(result.models),
        inputSha256: result.source.sha256,
        fileId: stored.fileId,
        resultSha256: stored.sha256,
        resultBytes: stored.bytes,
        ribbon: ribbonOf(result),
      };
      return (await workspace.database.call('analysis.save', { run, at: now() })).replaced;
    });
    await workspace.deleteFiles(replaced);
    this.changed();
  }

  /** Throws 'analysis-none', 'media-chunk-damaged', or 'workspace-from-future' for a result of a later version. */
  async result(recordingId: string): Promise<AnalysisResult> {
    const workspace = this.workspace.opened();
    const { run } = await workspace.database.call('analysis.get', { recordingId });
    if (run === null) throw analysisNone();
    const stored = await loadJson(workspace, run.fileId, run.resultSha256);
    if (!thisVersion.safeParse(stored).success) throw resultFromFuture();
    // Its hash says that it is what was checked when it was saved; checking megabytes again would hold up main.
    return stored as AnalysisResult;
  }

  /** An imported transcript, used instead of recognised words from the next analysis on. */
  async setTranscript(recordingId: string, imported: Transcript): Promise<void> {
    const workspace = this.workspace.opened();
    const replaced = await storeJson(workspace, imported, async ({ fileId }) => {
      return (await workspace.database.call('transcripts.set', { recordingId, fileId, at: now() })).replaced;
    });
    await workspace.deleteFiles(replaced);
    this.changed();
  }

  /** The imported transcript; null when there is none. */
  async transcript(recordingId: string): Promise<Transcript | null> {
    const workspace = this.workspace.opened();
    const { fileId } = await workspace.database.call('transcripts.get', { recordingId });
    return fileId === null ? null : transcript.parse(await loadJson(workspace, fileId));
  }

  /** For the analysis: a loopback address, the same one until the workspace is locked. Throws 'media-chunk-damaged'. */
  async mediaInput(recordingId: string): Promise<MediaInput> {
    const { fileId } = await this.stored(recordingId);
    return { kind: 'stored', url: await this.workspace.opened().served.address(fileId) };
  }

  /** The damage that a reader of `mediaInput` met: it only saw a torn stream. */
  async mediaProblem(recordingId: string): Promise<AttuneError | null> {
    const { fileId } = await this.stored(recordingId);
    return this.workspace.opened().served.problem(fileId);
  }

  /** For a shell that answers the player's ranges itself (with `rangeResponse`). The library closes the file. */
  async media(
    recordingId: string,
  ): Promise<{ file: EncryptedFile; kind: 'audio' | 'video'; mimeType: string }> {
    const { fileId, recording } = await this.stored(recordingId);
    const file = await this.workspace.opened().served.file(fileId);
    return { file, ...mediaType(recording.media) };
  }

  stageCache(recordingId: string): StageCache {
    return this.cache(this.workspace.opened()).forRecording(recordingId);
  }

  async view(): Promise<ViewState | null> {
    return (await this.database.call('view.get', {})).view;
  }

  async rememberView(view: ViewState): Promise<void> {
    await this.database.call('view.set', { view });
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private get database(): OpenWorkspace['database'] {
    return this.workspace.opened().database;
  }

  private stored(recordingId: string): Promise<StoredRecording> {
    return this.database.call('recordings.get', { recordingId });
  }

  private async tidyCache(): Promise<void> {
    const workspace = this.workspace.opened();
    const { recordingIds } = await workspace.database.call('recordings.ids', {});
    await this.cache(workspace).keepOnly(recordingIds);
  }

  private cache(workspace: OpenWorkspace): DerivedCache {
    const known = this.caches.get(workspace);
    if (known !== undefined) return known;
    const cache = new DerivedCache(workspace, () => this.cacheLimitMiB() * 1024 * 1024);
    this.caches.set(workspace, cache);
    return cache;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

const thisVersion = analysisResult.pick({ format: true, version: true });

const now = (): string => new Date().toISOString();

const analysisNone = (): AttuneError =>
  new AttuneError('analysis-none', 'This recording has not been analysed yet.', {
    remedy: 'Start its analysis.',
  });

const resultFromFuture = (): AttuneError =>
  new AttuneError('workspace-from-future', 'This analysis was made by a later version of Attune.', {
    kept: 'Nothing was changed.',
    remedy: 'Open it with that version, or analyse the recording again.',
  });
