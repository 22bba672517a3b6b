/** Every method the interface can call. Preload, ipcMain handlers and the HTTP transport are derived from this table. */
import { z } from 'zod';
import { analysisResult, notice } from '../analysis/result.ts';
import { analysisSettings, MOST_SPEAKERS } from '../analysis/settings.ts';
import { explainRequest, explanation } from '../explanation/explanation.ts';
import { job } from '../jobs/job.ts';
import { sessionDetail, sessionSummary } from '../library/entities.ts';
import { doctorReport } from '../system/doctor.ts';
import { downloadRequest } from '../models/address.ts';
import { modelStatus, recogniserName } from '../system/models.ts';
import { settings, settingsPatch } from '../system/settings.ts';
import { transcriptDocument } from '../transcript/edit/document.ts';
import { editEntry, editOutcome, editState, revision } from '../transcript/edit/log.ts';
import { editOperation } from '../transcript/edit/operation.ts';
import { knownVoice, listedVoice, voiceSuggestion } from '../library/known-voice.ts';
import { voiceTurns } from '../transcript/edit/tell-apart.ts';
import { loss, transcriptFormat } from '../transcript/formats.ts';
import { takenAs, textsChoice } from '../texts/choice.ts';
import { textCollection, textItem } from '../texts/collection.ts';
import { textsPreview } from '../texts/preview.ts';
import {
  groupKind,
  groupOrder,
  itemPlace,
  textAggregate,
  textFilter,
  textGroup,
  textTrend,
} from '../texts/query.ts';
import { milliseconds } from '../units.ts';
import { workspaceKey, workspaceStatus } from '../workspace/status.ts';
import { define } from './define.ts';

const nothing = z.object({});
const id = z.string().min(1).max(64);
/** A recording to bring in: a path on this machine (Electron, command line) or an upload that the browser window made. */
export const importSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(32_768) }),
  z.object({ kind: z.literal('upload'), uploadId: id, name: z.string().min(1).max(1024) }),
]);
export type ImportSource = z.infer<typeof importSource>;

/** Where the interface was, so that a crashed or restarted window comes back to the same place. */
export const viewState = z.object({
  panel: z.string().max(64),
  sessionId: id.nullable(),
  timeMs: milliseconds,
});
export type ViewState = z.infer<typeof viewState>;

export const methods = {
  'app.info': define(
    nothing,
    z.object({
      version: z.string(),
      shell: z.enum(['electron', 'browser']),
      platform: z.string(),
      /** Why this shell, when it isn't Electron. */
      why: z.string().nullable(),
    }),
  ),
  'app.settings': define(nothing, settings),
  'app.updateSettings': define(settingsPatch, settings),
  'app.doctor': define(nothing, doctorReport),
  'app.view': define(nothing, viewState.nullable()),
  'app.rememberView': define(viewState, nothing),
  'workspace.status': define(nothing, workspaceStatus),
  'workspace.create': define(z.object({ key: workspaceKey }), workspaceStatus),
  'workspace.open': define(z.object({ key: workspaceKey }), workspaceStatus),
  'workspace.lock': define(nothing, workspaceStatus),
  'library.list': define(
    z.object({ query: z.string().max(200) }),
    z.object({ sessions: z.array(sessionSummary) }),
  ),
  'library.session': define(z.object({ sessionId: id }), sessionDetail),
  'library.chooseFiles': define(nothing, z.object({ paths: z.array(z.string()) })),
  'library.import': define(
    z.object({ sources: z.array(importSource).min(1).max(500), analyse: z.boolean() }),
    z.object({ jobIds: z.array(id) }),
  ),
  'library.addSample': define(nothing, z.object({ jobIds: z.array(id) })),
  'library.rename': define(
    z.object({
      sessionId: id,
      title: z.string().min(1).max(200),
      participant: z.string().max(200).nullable(),
    }),
    sessionSummary,
  ),
  'library.remove': define(z.object({ sessionId: id }), nothing),
  'analysis.start': define(
    z.object({ recordingId: id, settings: analysisSettings.partial() }),
    z.object({ jobId: id }),
  ),
  'analysis.result': define(z.object({ recordingId: id }), analysisResult),
  /** Runs as a job of kind 'explanation' with one stage, the modality: progress and cancel go by that. Answers when it has ended. */
  'analysis.explain': define(explainRequest, explanation),
  'analysis.setTranscript': define(
    z.object({ recordingId: id, source: importSource }),
    /** `notices`: what was assumed of the file or changed to make it fit. */
    z.object({ utterances: z.number().int().nonnegative(), notices: z.array(notice) }),
  ),
  /** What a transcript would lose in a format: asked before it is exported. */
  'transcript.losses': define(
    z.object({ recordingId: id, format: transcriptFormat }),
    z.object({ losses: z.array(loss) }),
  ),
  'transcript.export': define(
    z.object({ recordingId: id, format: transcriptFormat }),
    z.object({ name: z.string(), mimeType: z.string(), contentBase64: z.string() }),
  ),
  /** The transcript as corrected; null: never edited, so that the analysis' own is the one at revision 0. */
  'transcript.open': define(
    z.object({ recordingId: id }),
    z.object({
      edited: z
        .object({
          document: transcriptDocument,
          state: editState,
          /** Says something else than before the first edit: then another analysis keeps its words and speakers. */
          corrected: z.boolean(),
        })
        .nullable(),
    }),
  ),
  /** Answered when it is durable. */
  'transcript.edit': define(
    z.object({ recordingId: id, revision, group: id.nullable(), operation: editOperation }),
    editOutcome,
  ),
  /** Who speaks when if so many people do: what the edit 'tell-apart' is made of. Runs as a job of kind 'speakers'. */
  'transcript.voices': define(
    z.object({ recordingId: id, people: z.number().int().min(1).max(MOST_SPEAKERS) }),
    voiceTurns,
  ),
  /** The person says that as many people speak as there are speakers: from then on the result is what an analysis that was told so gives. */
  'transcript.confirmPeople': define(
    z.object({ recordingId: id, people: z.number().int().min(1).max(MOST_SPEAKERS) }),
    nothing,
  ),
  'transcript.undo': define(z.object({ recordingId: id, revision }), editOutcome),
  'transcript.redo': define(z.object({ recordingId: id, revision }), editOutcome),
  /** Back to the transcript before the first edit; can be undone. */
  'transcript.restore': define(z.object({ recordingId: id, revision }), editOutcome),
  'transcript.history': define(
    z.object({ recordingId: id, beforeRevision: revision, limit: z.number().int().min(1).max(500) }),
    z.object({ entries: z.array(editEntry) }),
  ),
  /** Reads a file of texts through once and keeps it open until it is imported or forgotten. Nothing is stored. */
  'texts.look': define(z.object({ source: importSource }), textsPreview),
  /** The same file taken apart otherwise. */
  'texts.lookAgain': define(z.object({ previewId: id, as: takenAs }), textsPreview),
  'texts.forget': define(z.object({ previewId: id }), nothing),
  /** Stores the texts as a job, which starts another that reads them. */
  'texts.import': define(z.object({ previewId: id, choice: textsChoice }), z.object({ jobId: id })),
  /** Reads on from where the last run ended. */
  'texts.read': define(z.object({ sessionId: id }), z.object({ jobId: id })),
  'texts.collection': define(z.object({ sessionId: id }), textCollection),
  'texts.items': define(
    z.object({ sessionId: id, filter: textFilter, place: itemPlace }),
    z.object({ total: z.number().int().nonnegative(), items: z.array(textItem) }),
  ),
  'texts.summary': define(z.object({ sessionId: id, filter: textFilter }), textAggregate),
  'texts.trend': define(z.object({ sessionId: id, filter: textFilter }), textTrend),
  'texts.groups': define(
    z.object({
      sessionId: id,
      filter: textFilter,
      by: groupKind,
      order: groupOrder,
      descending: z.boolean(),
      limit: z.number().int().min(1).max(1000),
    }),
    z.object({ total: z.number().int().nonnegative(), groups: z.array(textGroup) }),
  ),
  /** A part of the table as CSV: a large one never lies in memory whole. */
  'texts.csv': define(
    z.object({ sessionId: id, filter: textFilter, place: itemPlace }),
    z.object({ text: z.string(), more: z.boolean() }),
  ),
  /** Voices that a person had remembered. */
  'voices.list': define(nothing, z.object({ voices: z.array(listedVoice) })),
  /** Remembers a speaker's voice under their name, for the participant that the session is with. */
  'voices.keep': define(z.object({ recordingId: id, speakerId: id }), knownVoice),
  'voices.forget': define(z.object({ voiceId: id }), nothing),
  'voices.suggest': define(
    z.object({ recordingId: id }),
    z.object({ suggestions: z.array(voiceSuggestion) }),
  ),
  'media.address': define(
    z.object({ recordingId: id }),
    z.object({ url: z.string(), kind: z.enum(['audio', 'video']), mimeType: z.string() }),
  ),
  'jobs.list': define(nothing, z.object({ jobs: z.array(job) })),
  /** `keep`: what came of a download stays, for a later one to go on with. */
  'jobs.cancel': define(z.object({ jobId: id, keep: z.boolean().default(false) }), nothing),
  'models.list': define(nothing, z.object({ models: z.array(modelStatus) })),
  /** What can hear words here, without looking whether its files are whole. */
  'models.recognisers': define(nothing, z.object({ recognisers: z.array(recogniserName) })),
  /** The system's dialog for a model's folder; null: nothing was chosen. */
  'models.chooseFolder': define(nothing, z.object({ path: z.string().nullable() })),
  /** A Whisper model, from a folder or a ZIP archive. */
  'models.import': define(z.object({ source: importSource }), z.object({ jobId: id })),
  /** A Whisper model from an address, now: the only connection beyond this machine, made because a person says so. */
  'models.download': define(downloadRequest, z.object({ jobId: id })),
  'models.remove': define(z.object({ id }), nothing),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
/** As a caller writes it (defaults may be left out) and as a handler gets it. */
export type MethodInput<M extends MethodName> = z.input<Methods[M]['input']>;
export type MethodParsed<M extends MethodName> = z.output<Methods[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<Methods[M]['output']>;

export const METHOD_NAMES = Object.keys(methods) as MethodName[];
export const isMethodName = (name: unknown): name is MethodName =>
  typeof name === 'string' && Object.hasOwn(methods, name);
