/** Tasks on sessions and recordings. Each runs inside one transaction. */
import type { Repositories } from './repositories/all.ts';
import type { DatabaseTasks, StoreFile } from './tasks.ts';

type Params<K extends keyof DatabaseTasks> = DatabaseTasks[K]['params'];
type Result<K extends keyof DatabaseTasks> = DatabaseTasks[K]['result'];

export function listSessions(r: Repositories, { query }: Params<'sessions.list'>): Result<'sessions.list'> {
  return {
    sessions: r.sessions.list(query, r.recordings.grouped(), r.analyses.ribbons(), r.textCollections.list()),
  };
}

export function getSession(r: Repositories, { sessionId }: Params<'sessions.get'>): Result<'sessions.get'> {
  const recordings = r.recordings.ofSession(sessionId).map((stored) => stored.recording);
  const texts = r.textCollections.list().get(sessionId);
  return { session: r.sessions.summary(sessionId, recordings, r.analyses.ribbons(), texts), recordings };
}

export function renameSession(
  r: Repositories,
  { sessionId, title, participant, at }: Params<'sessions.rename'>,
): Result<'sessions.rename'> {
  r.sessions.rename(sessionId, title, r.participants.idFor(participant, at));
  r.participants.tidy();
  r.audit.add({ at, kind: 'session-renamed', subjectId: sessionId });
  return getSession(r, { sessionId }).session;
}

export function removeSession(
  r: Repositories,
  { sessionId, at }: Params<'sessions.remove'>,
): Result<'sessions.remove'> {
  const stored = r.recordings.ofSession(sessionId);
  const files = stored.flatMap(({ recording, fileId }): StoreFile[] => {
    const derived = [r.analyses.get(recording.id)?.fileId ?? null, r.transcripts.fileOf(recording.id)];
    return [
      { store: 'media', fileId },
      ...derived.filter((id) => id !== null).map((id): StoreFile => ({ store: 'derived', fileId: id })),
    ];
  });
  for (const file of files) r.files.add(file);
  r.recordings.removeOfSession(sessionId);
  r.sessions.remove(sessionId);
  r.participants.tidy();
  r.audit.add({ at, kind: 'session-removed', subjectId: sessionId });
  return { files, recordingIds: stored.map(({ recording }) => recording.id) };
}

export function addRecording(
  r: Repositories,
  { session, stored, at }: Params<'recordings.add'>,
): Result<'recordings.add'> {
  r.sessions.add(session, r.participants.idFor(session.participant, at));
  r.recordings.add(stored);
  r.files.clear({ store: 'media', fileId: stored.fileId });
  r.audit.add({ at, kind: 'recording-imported', subjectId: stored.recording.id });
  return {};
}

export function saveAnalysis(r: Repositories, { run, at }: Params<'analysis.save'>): Result<'analysis.save'> {
  r.recordings.get(run.recordingId);
  const before = r.analyses.get(run.recordingId);
  r.analyses.replace(run);
  r.recordings.setState(run.recordingId, 'analysed', null);
  r.audit.add({ at, kind: 'analysis-saved', subjectId: run.recordingId });
  return { replaced: swapFile(r, before?.fileId ?? null, run.fileId) };
}

export function setTranscript(
  r: Repositories,
  { recordingId, fileId, at }: Params<'transcripts.set'>,
): Result<'transcripts.set'> {
  r.recordings.get(recordingId);
  const before = r.transcripts.fileOf(recordingId);
  r.transcripts.set(recordingId, fileId);
  r.audit.add({ at, kind: 'transcript-imported', subjectId: recordingId });
  return { replaced: swapFile(r, before, fileId) };
}

/** The new file is referred to from now on, the one before is not. */
function swapFile(r: Repositories, before: string | null, now: string): StoreFile[] {
  r.files.clear({ store: 'derived', fileId: now });
  if (before === null) return [];
  const replaced: StoreFile = { store: 'derived', fileId: before };
  r.files.add(replaced);
  return [replaced];
}

export function keepVoice(r: Repositories, { voice }: Params<'voices.keep'>): Result<'voices.keep'> {
  const { participant, keptAt } = voice.known;
  const id = r.knownVoices.keep(r.participants.idFor(participant, keptAt)!, voice);
  r.audit.add({ at: keptAt, kind: 'voice-kept', subjectId: id });
  return { id };
}

export function forgetVoice(
  r: Repositories,
  { voiceId, at }: Params<'voices.forget'>,
): Result<'voices.forget'> {
  if (r.knownVoices.forget(voiceId)) r.audit.add({ at, kind: 'voice-forgotten', subjectId: voiceId });
  return {};
}
