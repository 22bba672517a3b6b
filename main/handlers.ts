/** Every method of the contract, answered by the service that owns it. */
import { AttuneError } from '#contract/errors.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import type { Engine } from './engine.ts';
import { toolVersions } from './hosts/media/versions.ts';
import type { JobRegistry } from './jobs/registry.ts';
import type { Platform } from './platform/platform.ts';
import type { AnalysisService } from './services/analysis/analysis-service.ts';
import type { ExplanationService } from './services/explanation/explanation-service.ts';
import type { ImportService } from './services/library/import-service.ts';
import type { LibraryService } from './services/library/library-service.ts';
import type { Playback } from './services/library/playback.ts';
import { examine } from './services/system/doctor.ts';
import type { TextsService } from './services/texts/texts-service.ts';
import type { TranscriptFiles } from './services/transcript-files/transcript-files.ts';
import type { WorkspaceService } from './services/workspace/workspace-service.ts';
import type { ModelLibrary } from './services/models/model-library.ts';
import type { Rereading } from './services/transcript/rereading.ts';
import type { KnownVoices } from './services/known-voices/known-voices.ts';
import type { Voices } from './services/transcript/voices.ts';
import type { TranscriptService } from './services/transcript/transcript-service.ts';
import type { Handlers, Sender } from './ipc/handlers.ts';

export interface HandlerParts {
  platform: Platform;
  engine: Engine;
  workspace: WorkspaceService;
  library: LibraryService;
  playback: Playback;
  analysis: AnalysisService;
  explanation: ExplanationService;
  imports: ImportService;
  transcriptFiles: TranscriptFiles;
  texts: TextsService;
  transcripts: TranscriptService;
  rereading: Rereading;
  modelLibrary: ModelLibrary;
  voices: Voices;
  knownVoices: KnownVoices;
  jobs: JobRegistry;
}

const ids = (jobs: { id: string }[]): { jobIds: string[] } => ({ jobIds: jobs.map((job) => job.id) });

function refusePaths(sources: readonly ImportSource[], sender: Sender): void {
  if (sender === 'browser' && sources.some((source) => source.kind === 'path'))
    throw new AttuneError('argument-invalid', 'The browser window sends files, it does not name paths.');
}

export function createHandlers(parts: HandlerParts): Handlers {
  const { platform, engine, workspace, library, playback, analysis, explanation } = parts;
  const { imports, transcriptFiles, texts, transcripts, rereading, voices, knownVoices } = parts;
  const { modelLibrary, jobs } = parts;
  const { settings, keychain } = platform;
  return {
    'app.info': () =>
      Promise.resolve({
        version: engine.version,
        shell: platform.shell === 'electron' ? 'electron' : 'browser',
        platform: process.platform,
        why: platform.why,
      }),
    'app.settings': () => Promise.resolve(settings.get()),
    'app.updateSettings': (patch) => settings.update(patch),
    'app.doctor': () =>
      examine({
        version: engine.version,
        shell: platform.shell,
        inference: engine.inference,
        mediaVersions: () => toolVersions(settings.get()),
        keychainAvailable: () => keychain.available(),
      }),
    'app.view': () => library.view(),
    'app.rememberView': async (view) => {
      await library.rememberView(view);
      return {};
    },
    'workspace.status': () => workspace.status(),
    'workspace.create': async ({ key }) => {
      const status = await workspace.create(key);
      imports.welcome();
      return status;
    },
    'workspace.open': ({ key }) => workspace.open(key),
    'workspace.lock': () => workspace.lock(),
    'library.list': async ({ query }) => ({ sessions: await library.list(query) }),
    'library.session': ({ sessionId }) => library.session(sessionId),
    'library.chooseFiles': async () => {
      if (!platform.chooseFiles)
        throw new AttuneError('not-supported-here', 'The browser window chooses files itself.');
      return { paths: await platform.chooseFiles() };
    },
    'library.import': ({ sources, analyse }, { sender }) => {
      refusePaths(sources, sender);
      return Promise.resolve(ids(imports.import(sources, analyse)));
    },
    'library.addSample': () => Promise.resolve(ids([imports.addSample()])),
    'library.rename': ({ sessionId, title, participant }) => library.rename(sessionId, title, participant),
    'library.remove': async ({ sessionId }) => {
      const { recordings } = await library.session(sessionId);
      const recordingIds = recordings.map((recording) => recording.id);
      await jobs.cancelAll(
        (job) => job.sessionId === sessionId || recordingIds.includes(job.recordingId ?? ''),
      );
      await playback.forget(recordingIds);
      await library.remove(sessionId);
      return {};
    },
    'analysis.start': async ({ recordingId, settings: chosen }) => ({
      jobId: (await analysis.start(recordingId, chosen)).id,
    }),
    'analysis.result': async ({ recordingId }) =>
      rereading.result(recordingId) ?? library.result(recordingId),
    'analysis.explain': async (request) => {
      await rereading.stored(request.recordingId);
      return explanation.explain(request);
    },
    'analysis.setTranscript': async ({ recordingId, source }, { sender }) => {
      refusePaths([source], sender);
      const { imported, notices } = await transcriptFiles.bring(recordingId, source);
      await library.setTranscript(recordingId, imported);
      await transcripts.replace(recordingId, imported);
      return { utterances: imported.utterances.length, notices };
    },
    'transcript.losses': async ({ recordingId, format }) => ({
      losses: await transcriptFiles.losses(recordingId, format),
    }),
    'transcript.export': async ({ recordingId, format }) => {
      const { name, mimeType, bytes } = await transcriptFiles.file(recordingId, format);
      return { name, mimeType, contentBase64: Buffer.from(bytes).toString('base64') };
    },
    'transcript.open': async ({ recordingId }) => {
      const edited = await transcripts.edited(recordingId);
      // What a crash left unread.
      if (edited) rereading.check(recordingId);
      const corrected = (await transcripts.current(recordingId))?.corrected ?? false;
      return { edited: edited && { ...edited, corrected } };
    },
    'transcript.edit': ({ recordingId, revision, group, operation }) =>
      transcripts.edit(recordingId, revision, group, operation),
    'transcript.voices': ({ recordingId, people }) => voices.of(recordingId, people),
    'transcript.confirmPeople': async ({ recordingId, people }) => {
      await rereading.confirmPeople(recordingId, people);
      return {};
    },
    'transcript.undo': ({ recordingId, revision }) => transcripts.move(recordingId, revision, 'undo'),
    'transcript.redo': ({ recordingId, revision }) => transcripts.move(recordingId, revision, 'redo'),
    'transcript.restore': ({ recordingId, revision }) => transcripts.restore(recordingId, revision),
    'transcript.history': async ({ recordingId, beforeRevision, limit }) => ({
      entries: await transcripts.history(recordingId, beforeRevision, limit),
    }),
    'texts.look': ({ source }, { sender }) => {
      refusePaths([source], sender);
      return texts.look(source);
    },
    'texts.lookAgain': ({ previewId, as }) => texts.lookAgain(previewId, as),
    'texts.forget': async ({ previewId }) => {
      await texts.forget(previewId);
      return {};
    },
    'texts.import': ({ previewId, choice }) => Promise.resolve({ jobId: texts.import(previewId, choice).id }),
    'texts.read': async ({ sessionId }) => ({ jobId: (await texts.read(sessionId)).id }),
    'texts.collection': ({ sessionId }) => texts.collection(sessionId),
    'texts.items': ({ sessionId, filter, place }) => texts.items(sessionId, filter, place),
    'texts.summary': ({ sessionId, filter }) => texts.summary(sessionId, filter),
    'texts.trend': ({ sessionId, filter }) => texts.trend(sessionId, filter),
    'texts.groups': ({ sessionId, filter, ...request }) => texts.groups(sessionId, filter, request),
    'texts.csv': ({ sessionId, filter, place }) => texts.csv(sessionId, filter, place),
    'voices.list': async () => ({ voices: await knownVoices.list() }),
    'voices.keep': ({ recordingId, speakerId }) => knownVoices.keep(recordingId, speakerId),
    'voices.forget': async ({ voiceId }) => {
      await knownVoices.forget(voiceId);
      return {};
    },
    'voices.suggest': async ({ recordingId }) => ({ suggestions: await knownVoices.suggest(recordingId) }),
    'media.address': async ({ recordingId }) => {
      const { token, kind, mimeType } = await playback.token(recordingId);
      return { url: platform.mediaAddress(token), kind, mimeType };
    },
    'jobs.list': () => Promise.resolve({ jobs: jobs.list() }),
    'jobs.cancel': ({ jobId, keep }) => {
      jobs.cancel(jobId, keep);
      return Promise.resolve({});
    },
    'models.list': () => engine.inference.call('models.status', {}),
    'models.recognisers': async () => ({
      recognisers: [engine.models.of('speech-recognition'), ...(await engine.whispers())],
    }),
    'models.chooseFolder': async () => {
      if (!platform.chooseFolder)
        throw new AttuneError('not-supported-here', 'The browser window takes the model as one ZIP archive.');
      return { path: await platform.chooseFolder() };
    },
    'models.import': ({ source }, { sender }) => {
      refusePaths([source], sender);
      return Promise.resolve({ jobId: modelLibrary.import(source).id });
    },
    'models.download': (request) => Promise.resolve({ jobId: modelLibrary.download(request).id }),
    'models.remove': async ({ id }) => {
      await modelLibrary.remove(id);
      return {};
    },
  };
}
