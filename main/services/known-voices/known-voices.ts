/** Voices remembered because a person said so, and whom the voices of another session of that participant sound like. */
import { randomUUID } from 'node:crypto';
import { AttuneError } from '#contract/errors.ts';
import type { KnownVoice, ListedVoice, VoiceSuggestion } from '#contract/library/known-voice.ts';
import { documentOf } from '#contract/transcript/edit/document.ts';
import { isNamed } from '#contract/transcript/utterance.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import type { AnalysisParts } from '../analysis/types.ts';
import type { LibraryService } from '../library/library-service.ts';
import type { TranscriptService } from '../transcript/transcript-service.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import { suggestions, type HeardSpeaker } from './suggestions.ts';
import { voiceOfSpeaker, type HeardVoice } from './voice-of-speaker.ts';

export interface KnownVoicesOptions {
  workspace: WorkspaceService;
  library: LibraryService;
  transcripts: TranscriptService;
  parts: Omit<AnalysisParts, 'cache'>;
}

export class KnownVoices {
  private readonly options: KnownVoicesOptions;
  private controller = new AbortController();

  constructor(options: KnownVoicesOptions) {
    this.options = options;
    options.workspace.beforeLock(() => {
      this.controller.abort();
      this.controller = new AbortController();
      return Promise.resolve();
    });
  }

  /** By participant and name. */
  async list(): Promise<ListedVoice[]> {
    const { voices } = await this.database.call('voices.list', {});
    return voices.map(({ known, model }) => ({ ...known, outdated: model !== this.model }));
  }

  /** In place of what was kept under the speaker's name. @throws AttuneError 'voice-not-kept' */
  async keep(recordingId: string, speakerId: string): Promise<KnownVoice> {
    const session = await this.session(recordingId);
    const speaker = session.speakers.find(({ id }) => id === speakerId);
    if (session.participant === null) throw notKept('Say first which participant this session is with.');
    if (speaker && !isNamed(speaker)) throw notKept('Give the speaker a name first.');
    const heard = speaker ? await session.voiceOf(speaker) : null;
    if (!speaker || !heard) throw notKept('Too little is said by this speaker alone.');
    const known = {
      ...{ id: randomUUID(), participant: session.participant, name: speaker.label },
      ...{ keptAt: new Date().toISOString(), speechMs: heard.speechMs },
    };
    const voice = { known, model: this.model, values: heard.values };
    const { id } = await this.database.call('voices.keep', { voice });
    return { ...known, id };
  }

  async forget(voiceId: string): Promise<void> {
    await this.database.call('voices.forget', { voiceId, at: new Date().toISOString() });
  }

  /** Speakers who sound like somebody known, don't have that name, and aren't said to be somebody else; one to one. */
  async suggest(recordingId: string): Promise<VoiceSuggestion[]> {
    const session = await this.session(recordingId);
    if (session.participant === null) return [];
    const { voices } = await this.database.call('voices.of', { participant: session.participant });
    const named = new Set(session.speakers.map(({ label }) => label));
    const known = voices.filter(({ model, known: { name } }) => model === this.model && !named.has(name));
    if (known.length === 0) return [];
    const heard: HeardSpeaker[] = [];
    for (const speaker of session.speakers) {
      if (voices.some(({ known: { name } }) => name === speaker.label)) continue;
      const voice = await session.voiceOf(speaker);
      if (voice) heard.push({ speaker, values: voice.values });
    }
    return suggestions(heard, known, this.settings.known.suggestFrom);
  }

  private async session(recordingId: string) {
    const { library, transcripts } = this.options;
    const { name, bytes, sha256, media: info, sessionId } = await library.recording(recordingId);
    const { participant } = (await library.session(sessionId)).session;
    const edited = await transcripts.edited(recordingId);
    const document = edited?.document ?? documentOf((await library.result(recordingId)).transcript);
    const parts = { ...this.options.parts, cache: library.stageCache(recordingId) };
    const { signal } = this.controller;
    const voiceOf = async (speaker: (typeof document.speakers)[number]): Promise<HeardVoice | null> => {
      const input = await library.mediaInput(recordingId);
      const request = { input, info, source: { name, bytes, sha256 } };
      return voiceOfSpeaker(speaker, document, request, parts, this.settings, signal);
    };
    return { participant, speakers: document.speakers, voiceOf };
  }

  private get settings() {
    return parseSpeakerSettings(this.options.parts.models.of('speaker-embedding').settings);
  }

  /** Numbers of another model's voice space mean nothing in this one. */
  private get model(): string {
    const { files } = this.options.parts.models.of('speaker-embedding');
    return files.map(({ sha256 }) => sha256).join(' ');
  }

  private get database() {
    return this.options.workspace.opened().database;
  }
}

const notKept = (why: string): AttuneError =>
  new AttuneError('voice-not-kept', `This voice could not be remembered. ${why}`, {
    kept: 'Nothing was stored.',
  });
