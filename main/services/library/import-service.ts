/** Recordings coming in: one job each, then their analysis; what comes before a workspace is open waits for it. */
import type { Job } from '#contract/jobs/job.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import type { EventName, EventPayload } from '#contract/methods/events.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import path from 'node:path';
import type { AnalysisService } from '../analysis/analysis-service.ts';
import { namesTexts } from '#contract/texts/preview.ts';
import { samplePath, SAMPLE_SETTINGS, SAMPLE_TITLE } from '../sample/sample.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import { IMPORT_STAGES, type ImportRequest, type Imported } from './import-recording.ts';
import type { LibraryService } from './library-service.ts';
import type { Playback } from './playback.ts';
import type { TextsService } from '../texts/texts-service.ts';
import type { Uploads } from './uploads.ts';

export interface ImportParts {
  workspace: WorkspaceService;
  library: LibraryService;
  uploads: Uploads;
  playback: Playback;
  analysis: AnalysisService;
  texts: TextsService;
  jobs: JobRegistry;
  /** What the person says is spoken in what they bring. */
  spokenLanguage: () => string;
  events: { tell<E extends EventName>(name: E, payload: EventPayload<E>): void };
}

/** What comes in, and when the person asked for it: who went elsewhere since is not taken along. */
interface Asked {
  request: ImportRequest;
  askedAt: string;
}

const now = (): string => new Date().toISOString();

const STAGES = [...IMPORT_STAGES, { name: 'playable-copy', weight: 8 }];

export class ImportService {
  private readonly parts: ImportParts;
  private waiting: string[] = [];
  private began = false;

  constructor(parts: ImportParts) {
    this.parts = parts;
    parts.workspace.onChange((status) => {
      if (status.state === 'open') this.importWaiting();
    });
  }

  /** Files from the command line, a second start or the menu: recordings imported, analysed and shown, texts offered; now or once the workspace is open. */
  async openFiles(files: string[]): Promise<void> {
    this.waiting.push(...files);
    const { state } = await this.parts.workspace.status();
    if (state === 'open') this.importWaiting();
  }

  /** Throws only for what is wrong with the request; each job tells how its own import ends. */
  import(sources: ImportSource[], analyse: boolean): Job[] {
    const asked = sources.map((source) => this.asked(source));
    return asked.map((each, i) => this.enqueue(each, nameOf(sources[i]!), analyse, sources.length === 1));
  }

  /** A new workspace begins with the sample, unless a recording was given. */
  welcome(): void {
    if (!this.began) this.addSample();
  }

  addSample(): Job {
    const source = { kind: 'path', path: samplePath() } as const;
    const request = { source, title: SAMPLE_TITLE, sample: true };
    return this.enqueue({ request, askedAt: now() }, SAMPLE_TITLE, true, true);
  }

  private importWaiting(): void {
    const files = this.waiting;
    this.waiting = [];
    if (files.length === 0) return;
    this.began = true;
    const named = files.map((file) => path.resolve(file));
    for (const file of named.filter(namesTexts)) this.parts.texts.offer(file);
    const recordings = named.filter((file) => !namesTexts(file));
    this.import(
      recordings.map((file) => ({ kind: 'path', path: file })),
      true,
    );
  }

  private asked(source: ImportSource): Asked {
    if (source.kind === 'path') return { request: { source }, askedAt: now() };
    const { staged, askedAt } = this.parts.uploads.take(source.uploadId);
    return { request: { source: { kind: 'staged', name: source.name, staged } }, askedAt };
  }

  private enqueue({ request, askedAt }: Asked, title: string, analyse: boolean, show: boolean): Job {
    const { jobs, library, playback, analysis, events } = this.parts;
    return jobs.enqueue({
      kind: 'import',
      title,
      sessionId: null,
      recordingId: null,
      stages: STAGES,
      run: async (context) => {
        const imported: Imported = await library.import(request, context);
        const settings = request.sample ? SAMPLE_SETTINGS : { language: this.parts.spokenLanguage() };
        if (analyse) await analysis.start(imported.recordingId, settings);
        if (show) events.tell('app.show', { sessionId: imported.sessionId, askedAt });
        const report = context.stage('playable-copy');
        await playback.prepare(imported.recordingId, {
          signal: context.signal,
          onProgress: (fraction) => report.progress(fraction),
        });
        report.done();
      },
    });
  }
}

const nameOf = (source: ImportSource): string =>
  source.kind === 'path' ? path.basename(source.path) : source.name;
