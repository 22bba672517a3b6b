/** Sessions of texts: looked at, brought in, read, and asked about. */
import path from 'node:path';
import { toErrorData } from '#contract/errors.ts';
import type { Job } from '#contract/jobs/job.ts';
import type { EventPayload } from '#contract/methods/events.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import type { TakenAs, TextsChoice } from '#contract/texts/choice.ts';
import type { TextCollection, TextItem } from '#contract/texts/collection.ts';
import type { TextsPreview } from '#contract/texts/preview.ts';
import type { ItemPlace, TextAggregate, TextFilter, TextGroup, TextTrend } from '#contract/texts/query.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { Uploads } from '../library/uploads.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import { csvPage } from './csv-page.ts';
import { groupsOf, summaryOf, type GroupsRequest, type TextsDatabase } from './figures.ts';
import { READ_STAGES, readTexts, type ReadingParts } from './read-texts.ts';
import { STORE_STAGES, storeTexts } from './store-texts.ts';
import { openTextsFile } from './texts-file.ts';
import { TextsPreviews } from './texts-previews.ts';
import { trendOf } from './trend.ts';

export interface TextsParts extends Omit<ReadingParts, 'database'> {
  workspace: WorkspaceService;
  uploads: Uploads;
  jobs: JobRegistry;
  /** Asked to show a session that has just come in. */
  show: (shown: EventPayload<'app.show'>) => void;
  /** Asked to let the person choose how a file comes in that is no choice of the window's. */
  offer: (preview: TextsPreview) => void;
}

/** Every method throws 'workspace-none' or 'workspace-locked' unless the workspace is open, and 'record-not-found' for unknown ids. */
export class TextsService {
  private readonly parts: TextsParts;
  private readonly previews = new TextsPreviews();
  private readonly listeners = new Set<() => void>();

  constructor(parts: TextsParts) {
    this.parts = parts;
    parts.workspace.beforeLock(() => this.previews.closeAll());
  }

  /** @throws 'file-…', 'texts-not-recognised', 'texts-invalid' */
  async look(source: ImportSource): Promise<TextsPreview> {
    const { uploads, workspace } = this.parts;
    return this.previews.look(await openTextsFile(source, uploads, workspace.opened()));
  }

  /** Looks at a file that was named outside of the window, as a job that tells what is wrong with it. */
  offer(file: string): Job {
    return this.parts.jobs.enqueue({
      kind: 'import',
      title: path.basename(file),
      sessionId: null,
      recordingId: null,
      stages: [{ name: 'probe', weight: 1 }],
      run: async (context) => {
        this.parts.offer(await this.look({ kind: 'path', path: file }));
        context.stage('probe').done();
      },
    });
  }

  lookAgain(previewId: string, as: TakenAs): Promise<TextsPreview> {
    return this.previews.again(previewId, as);
  }

  forget(previewId: string): Promise<void> {
    return this.previews.close(previewId);
  }

  /** Stores the texts as a job; then they are read as another. */
  import(previewId: string, choice: TextsChoice): Job {
    const { file, table, rowCount } = this.previews.take(previewId);
    const { jobs } = this.parts;
    const askedAt = new Date().toISOString();
    const job = jobs.enqueue({
      kind: 'import',
      title: choice.title,
      sessionId: null,
      recordingId: null,
      stages: STORE_STAGES,
      run: async (context) => {
        const sessionId = await storeTexts(this.database, { file, table, rowCount, choice }, context);
        this.changed();
        await this.read(sessionId);
        this.parts.show({ sessionId, askedAt });
      },
    });
    // A job that is cancelled while it waits never runs.
    void jobs.whenEnded(job.id).then(() => file.close());
    return job;
  }

  /** Reads on from where the last run ended; one that is queued or running is returned instead. */
  async read(sessionId: string): Promise<Job> {
    const { source } = await this.collection(sessionId);
    const active = this.parts.jobs
      .list()
      .find((job) => job.kind === 'analysis' && job.sessionId === sessionId && job.endedAt === null);
    if (active) return active;
    return this.parts.jobs.enqueue({
      kind: 'analysis',
      title: path.parse(source.name).name,
      sessionId,
      recordingId: null,
      stages: READ_STAGES,
      run: (context) => this.runReading(sessionId, context),
    });
  }

  collection(sessionId: string): Promise<TextCollection> {
    return this.database.call('texts.get', { sessionId });
  }

  items(
    sessionId: string,
    filter: TextFilter,
    place: ItemPlace,
  ): Promise<{ total: number; items: TextItem[] }> {
    return this.database.call('texts.items', { sessionId, filter, place });
  }

  summary(sessionId: string, filter: TextFilter): Promise<TextAggregate> {
    return summaryOf(this.database, sessionId, filter);
  }

  async trend(sessionId: string, filter: TextFilter): Promise<TextTrend> {
    return trendOf(this.database, await this.collection(sessionId), filter);
  }

  groups(
    sessionId: string,
    filter: TextFilter,
    request: GroupsRequest,
  ): Promise<{ total: number; groups: TextGroup[] }> {
    return groupsOf(this.database, sessionId, filter, request);
  }

  /** A part of the CSV file; the heading comes with the first one. */
  async csv(
    sessionId: string,
    filter: TextFilter,
    place: ItemPlace,
  ): Promise<{ text: string; more: boolean }> {
    const { total, items } = await this.items(sessionId, filter, place);
    const { offset, limit } = place;
    return { text: csvPage(items, offset === 0), more: offset + limit < total };
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private get database(): TextsDatabase {
    return this.parts.workspace.opened().database;
  }

  private async runReading(sessionId: string, context: WorkContext): Promise<void> {
    const { database } = this;
    const setState = async (state: TextCollection['state'], thrown?: unknown): Promise<void> => {
      const error = thrown === undefined ? null : toErrorData(thrown);
      await database.call('texts.setState', { sessionId, state, error });
      this.changed();
    };
    await setState('analysing');
    try {
      await readTexts(sessionId, { ...this.parts, database }, context);
      await database.call('texts.complete', { sessionId, at: new Date().toISOString() });
      this.changed();
    } catch (thrown) {
      if (context.signal.aborted) await setState('imported');
      else await setState('failed', thrown);
      throw thrown;
    }
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
