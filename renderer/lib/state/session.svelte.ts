/** One open session: its recording, its result as typed arrays, and the moment and view chosen in it. */
import { createContext } from 'svelte';
import type { AnalysisResult } from '#contract/analysis/result.ts';
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import { applyPatch } from '#contract/analysis/patch.ts';
import { toErrorData, type ErrorData } from '#contract/errors.ts';
import type { Recording, SessionDetail } from '#contract/library/entities.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import type { MethodOutput } from '#contract/methods/table.ts';
import type { HeardEvent } from '#contract/transcript/event.ts';
import type { Speaker, Utterance } from '#contract/transcript/utterance.ts';
import type { EventPayload } from '#contract/methods/events.ts';
import type { Milliseconds } from '#contract/units.ts';
import { prepareTimeline, type SubjectLanes, type Timeline } from '../timeline/prepare.ts';
import { changedSince } from './stale.ts';
import { TranscriptState } from './transcript.svelte.ts';
import { fit, follow, pan, zoom, type TimeView } from '../timeline/scale.ts';
import { Explanations } from './explanations.svelte.ts';

export type InspectorTab = 'moment' | 'summary';

export class SessionState {
  readonly id: string;
  readonly why: Explanations;
  detail: SessionDetail | null = $state.raw(null);
  recordingId: string | null = $state(null);
  result: AnalysisResult | null = $state.raw(null);
  media: MethodOutput<'media.address'> | null = $state.raw(null);
  error: ErrorData | null = $state.raw(null);
  loading = $state(true);
  timeMs: Milliseconds = $state(0);
  playing = $state(false);
  rate = $state(1);
  muted = $state(false);
  following = $state(true);
  tab: InspectorTab = $state('moment');
  subjectId: string | null = $state(null);
  view: TimeView = $state.raw(fit(0));
  readonly recording: Recording | null = $derived(
    this.detail?.recordings.find(({ id }) => id === this.recordingId) ?? null,
  );
  /** What there is to see; null: sound only. */
  readonly picture = $derived(this.recording?.media.video ?? null);
  readonly timeline: Timeline | null = $derived(this.result ? prepareTimeline(this.result) : null);
  readonly durationMs: Milliseconds = $derived(
    this.result?.summary.durationMs ?? this.recording?.media.durationMs ?? 0,
  );
  readonly lanes: SubjectLanes | null = $derived(
    this.timeline?.subjects.find(({ subject }) => subject.id === this.subjectId) ?? null,
  );
  /** The transcript as corrected; `result` has the one that the readings are of. */
  readonly edits: TranscriptState;
  readonly speakers: readonly Speaker[] = $derived.by(
    () => this.edits.document?.speakers ?? this.result?.transcript.speakers ?? [],
  );
  readonly utterances: readonly Utterance[] = $derived.by(
    () => this.edits.document?.utterances ?? this.result?.transcript.utterances ?? [],
  );
  /** Marks: laughter, silences, several at once. */
  readonly events: readonly HeardEvent[] = $derived.by(() => this.edits.document?.events ?? []);
  /** Who speaks is told by voices, so it can be told again. */
  readonly byVoice: boolean = $derived(
    ['voices', 'not-separated'].includes(this.result?.transcript.speakersFrom ?? ''),
  );
  /** Utterances that were changed after they were read: by id. */
  readonly stale: ReadonlySet<string> = $derived.by(() =>
    changedSince(this.utterances, this.result?.transcript.utterances ?? []),
  );
  readonly #api: AttuneApi;
  readonly #moved: () => void;
  /** The player, while there is one: it owns the clock during playback. */
  #seekPlayer: ((timeMs: Milliseconds) => void) | null = null;
  #asked = 0;

  constructor(id: string, api: AttuneApi, moved: () => void) {
    this.id = id;
    this.why = new Explanations(api);
    this.#api = api;
    this.edits = new TranscriptState(api);
    this.#moved = moved;
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    // Until the answer is there, nobody knows whether there is a result.
    if (this.result === null) this.loading = true;
    try {
      const detail = await this.#api.call('library.session', { sessionId: this.id });
      if (asked !== this.#asked) return;
      this.detail = detail;
      const chosen = detail.recordings.find(({ id }) => id === this.recordingId) ?? detail.recordings[0];
      this.recordingId = chosen?.id ?? null;
      if (chosen) await this.#loadRecording(chosen, asked);
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = toErrorData(thrown);
    } finally {
      if (asked === this.#asked) this.loading = false;
    }
  }

  async #loadRecording(recording: Recording, asked: number): Promise<void> {
    const [media, result] = await Promise.all([
      this.media ?? this.#api.call('media.address', { recordingId: recording.id }).catch(() => null),
      recording.state === 'imported' ? null : this.#resultOf(recording),
    ]);
    if (asked !== this.#asked) return;
    this.media = media;
    if (result) {
      await this.edits.load(recording.id, result);
      if (asked !== this.#asked) return;
      this.#useResult(result);
    }
  }

  /** While a recording is analysed again, and after that failed, there may be the result from before. */
  async #resultOf(recording: Recording): Promise<AnalysisResult | null> {
    try {
      return await this.#api.call('analysis.result', { recordingId: recording.id });
    } catch (thrown) {
      if (recording.state !== 'analysed' && toErrorData(thrown).code === 'analysis-none') return null;
      throw thrown;
    }
  }

  #useResult(result: AnalysisResult): void {
    const first = this.result === null;
    if (this.result?.createdAt !== result.createdAt) this.why.forget();
    this.result = result;
    this.timeMs = Math.min(this.timeMs, result.summary.durationMs);
    if (!result.subjects.some(({ id }) => id === this.subjectId)) {
      // Start with the person most is known about: words, voice and face rather than words alone.
      const known = [...result.subjects].sort((a, b) => b.faceIds.length - a.faceIds.length);
      this.subjectId = known[0]?.id ?? null;
    }
    if (first) this.view = fit(result.summary.durationMs);
  }

  /** Readings came up to the corrected transcript. */
  reread({ recordingId, patch }: EventPayload<'analysis.reread'>): void {
    if (recordingId !== this.recordingId || !this.result || !patch) return;
    try {
      this.#useResult(applyPatch(this.result, patch));
      // What mattered to readings that are replaced now.
      this.why.forget();
    } catch {
      // Made for a result that this window has not seen.
      void this.load();
    }
  }

  async chooseRecording(id: string): Promise<void> {
    this.edits.close();
    this.recordingId = id;
    this.media = null;
    this.result = null;
    this.loading = true;
    await this.load();
  }

  /** With what the last analysis used, unless told otherwise. */
  async analyse(settings: Partial<AnalysisSettings> = this.result?.settings ?? {}): Promise<void> {
    if (this.recordingId === null) return;
    await this.#api.call('analysis.start', { recordingId: this.recordingId, settings });
    await this.load();
  }

  /** Takes a transcript of the person's own instead of recognised words, and analyses with it. Says what it took over. */
  async useTranscript(file: File): Promise<MethodOutput<'analysis.setTranscript'> | null> {
    if (this.recordingId === null) return null;
    const input = { recordingId: this.recordingId, source: await this.#api.sourceOf(file) };
    const taken = await this.#api.call('analysis.setTranscript', input);
    // Its speakers are others, so whom the person said the face belongs to doesn't carry over.
    await this.analyse({ ...this.result?.settings, onCamera: null });
    return taken;
  }

  attachPlayer(seek: (timeMs: Milliseconds) => void): () => void {
    this.#seekPlayer = seek;
    return () => {
      this.#seekPlayer = null;
      this.playing = false;
    };
  }

  /** From the player: the clock moved. */
  clock(timeMs: Milliseconds): void {
    this.timeMs = timeMs;
    if (this.playing && this.following) this.view = follow(this.view, timeMs, this.durationMs);
    this.#moved();
  }

  /** From the person: go to a moment, and to whom it belongs, when that is known. */
  seek(timeMs: Milliseconds, subjectId?: string | null): void {
    this.timeMs = Math.min(Math.max(0, timeMs), this.durationMs);
    if (subjectId) this.subjectId = subjectId;
    this.view = follow(this.view, this.timeMs, this.durationMs);
    this.#seekPlayer?.(this.timeMs);
    this.#moved();
  }

  zoomBy(factor: number, anchorMs: Milliseconds = this.timeMs): void {
    this.view = zoom(this.view, factor, anchorMs, this.durationMs);
  }
  panBy(byMs: Milliseconds): void {
    this.view = pan(this.view, byMs, this.durationMs);
  }
  fitView(): void {
    this.view = fit(this.durationMs);
  }

  nextSubject(): void {
    const all = this.result?.subjects ?? [];
    const at = all.findIndex(({ id }) => id === this.subjectId);
    this.subjectId = all[(at + 1) % Math.max(1, all.length)]?.id ?? null;
  }

  /** The utterance before or after the chosen moment. */
  step(direction: -1 | 1): void {
    const all = this.utterances;
    const target =
      direction > 0
        ? all.find(({ startMs }) => startMs > this.timeMs + 1)
        : all.findLast(({ startMs }) => startMs < this.timeMs - 800);
    if (target) this.seek(target.startMs, this.subjectOfSpeaker(target.speakerId));
  }

  /** As it is named now: a name given a moment ago needs no new reading. */
  nameOf(subject: { label: string; speakerId: string | null }): string {
    return this.speakers.find(({ id }) => id === subject.speakerId)?.label ?? subject.label;
  }

  /** By the speaker's choice, else by place. */
  colourOf(speakerId: string | null): number {
    const at = this.speakers.findIndex(({ id }) => id === speakerId);
    return this.speakers[at]?.colour ?? at;
  }

  subjectOfSpeaker(speakerId: string): string | null {
    return this.result?.subjects.find((subject) => subject.speakerId === speakerId)?.id ?? null;
  }
}

export const [getSession, setSession] = createContext<SessionState>();
