/** The composition root of every shell with a window: each service is made here, once, and given what it needs. */
import type { DatabaseTasks } from './hosts/database/tasks.ts';
import { hostEntry } from './hosts/entries.ts';
import { HostSupervisor, type HostEvent } from './hosts/supervisor.ts';
import { createEngine } from './engine.ts';
import { EventHub } from './ipc/event-hub.ts';
import type { EventPayload } from '#contract/methods/events.ts';
import type { TextsPreview } from '#contract/texts/preview.ts';
import type { App } from './ipc/handlers.ts';
import { JobRegistry } from './jobs/registry.ts';
import type { Platform } from './platform/platform.ts';
import { AnalysisService } from './services/analysis/analysis-service.ts';
import { ExplanationService } from './services/explanation/explanation-service.ts';
import { createHandlers } from './handlers.ts';
import { ImportService } from './services/library/import-service.ts';
import { LibraryService } from './services/library/library-service.ts';
import { Playback } from './services/library/playback.ts';
import { Uploads } from './services/library/uploads.ts';
import { TextsService } from './services/texts/texts-service.ts';
import { TranscriptFiles } from './services/transcript-files/transcript-files.ts';
import { ModelLibrary } from './services/models/model-library.ts';
import { sweep } from './services/models/sweep.ts';
import { Rereading } from './services/transcript/rereading.ts';
import { KnownVoices } from './services/known-voices/known-voices.ts';
import { Voices } from './services/transcript/voices.ts';
import { TranscriptService } from './services/transcript/transcript-service.ts';
import { WorkspaceService } from './services/workspace/workspace-service.ts';

export async function createApp(platform: Platform): Promise<App> {
  const { settings, log, paths, launchers, keychain } = platform;
  const logHost = (event: HostEvent): void => {
    if (event.kind === 'started') log.write('host-started', { what: event.label });
    else log.write('host-exited', { what: event.label });
  };
  const engine = await createEngine(settings, launchers.inference, paths.models, logHost);
  const database = new HostSupervisor<DatabaseTasks>({
    label: 'database',
    launch: () => launchers.database(hostEntry('database')),
    onEvent: logHost,
  });
  const jobs = new JobRegistry();
  const workspace = new WorkspaceService({ path: paths.workspace, database, keychain });
  const uploads = new Uploads(workspace);
  const library = new LibraryService({
    workspace,
    tools: engine.media,
    cacheLimitMiB: () => settings.get().cacheLimitMiB,
  });
  const playback = new Playback(workspace, library, engine.media);
  const transcripts = new TranscriptService({
    workspace,
    library,
    annotator: () => settings.get().annotator,
  });
  const analysis = new AnalysisService(library, transcripts, jobs, engine);
  const explanation = new ExplanationService(library, jobs, engine);
  const rereading = new Rereading({ workspace, library, transcripts, jobs, parts: engine });
  const voices = new Voices(library, jobs, engine);
  const knownVoices = new KnownVoices({ workspace, library, transcripts, parts: engine });
  const events = new EventHub();
  const transcriptFiles = new TranscriptFiles({ workspace, library, uploads, transcripts });
  const show = (shown: EventPayload<'app.show'>): void => events.tell('app.show', shown);
  const offer = (preview: TextsPreview): void => events.tell('texts.looked', preview);
  const texts = new TextsService({ workspace, uploads, jobs, show, offer, ...engine });
  const imports = new ImportService({
    ...{ workspace, library, uploads, playback, analysis, texts, jobs, events },
    spokenLanguage: () => settings.get().spokenLanguage,
  });

  const modelLibrary = new ModelLibrary({
    ...{ jobs, workspace, uploads, inference: engine.inference },
    modelsFolder: paths.models,
  });
  // A download may have left gigabytes that nobody went on with. What can't be removed now is tried again at the next start.
  sweep(paths.models).catch(() => undefined);

  workspace.beforeLock(() => jobs.cancelAll());
  workspace.onChange((status) => events.tell('workspace.changed', status));
  transcripts.onChange((recordingId, state) => events.tell('transcript.changed', { recordingId, state }));
  rereading.onReread((reread) => events.tell('analysis.reread', reread));
  library.onChange(() => events.tell('library.changed', {}));
  texts.onChange(() => events.tell('library.changed', {}));
  settings.onChange((now) => events.tell('settings.changed', now));
  jobs.onChange((job) => {
    events.tell('jobs.changed', job);
    if (job.endedAt !== null)
      log.write('job-ended', { what: job.state, ...(job.error ? { code: job.error.code } : {}) });
  });

  // Other threads or another provider mean another host, but never in the middle of an analysis.
  const refreshWhenIdle = (): void => {
    if (engine.outdated() && jobs.idle()) void engine.refresh();
  };
  settings.onChange(refreshWhenIdle);
  jobs.onChange(refreshWhenIdle);

  return {
    handlers: createHandlers({
      ...{ platform, engine, workspace, library, playback, analysis, explanation },
      ...{ imports, transcriptFiles, texts, transcripts, rereading, voices, knownVoices, modelLibrary, jobs },
    }),
    events,
    uploads: { receive: (_name, body) => uploads.receive(body) },
    media: {
      async open(token) {
        const playable = await playback.open(token);
        if (!playable) return null;
        const { file, mimeType } = playable;
        return { sizeBytes: file.size(), mimeType, read: (start, end) => file.readRange(start, end) };
      },
    },
    openFiles: (files) => imports.openFiles(files),
    async close() {
      await jobs.dispose();
      await workspace.lock();
      await engine.dispose();
      await database.dispose();
    },
  };
}
