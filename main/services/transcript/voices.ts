/** Who speaks when in a recording that has a transcript already, for so many people: as a job, from what the analysis heard where that is kept. */
import { AttuneError } from '#contract/errors.ts';
import { defaultAnalysisSettings } from '#contract/analysis/settings.ts';
import type { VoiceTurns } from '#contract/transcript/edit/tell-apart.ts';
import { asJob } from '#main/jobs/as-job.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { findSpeech } from '../analysis/find-speech.ts';
import { voiceTurnsOf } from '../analysis/tell-apart.ts';
import type { AnalysisParts } from '../analysis/types.ts';
import type { LibraryService } from '../library/library-service.ts';

export class Voices {
  private readonly library: LibraryService;
  private readonly jobs: JobRegistry;
  private readonly parts: Omit<AnalysisParts, 'cache'>;

  constructor(library: LibraryService, jobs: JobRegistry, parts: Omit<AnalysisParts, 'cache'>) {
    this.library = library;
    this.jobs = jobs;
    this.parts = parts;
  }

  /** @throws AttuneError 'edit-not-possible', 'cancelled', or why the job failed */
  async of(recordingId: string, people: number): Promise<VoiceTurns> {
    const { name, sessionId } = await this.library.recording(recordingId);
    const stages = [{ name: 'speakers', weight: 1 }];
    return asJob(this.jobs, { kind: 'speakers', title: name, sessionId, recordingId, stages }, (context) =>
      this.tellApart(recordingId, people, context),
    );
  }

  private async tellApart(recordingId: string, people: number, context: WorkContext): Promise<VoiceTurns> {
    const { name, bytes, sha256, media: info } = await this.library.recording(recordingId);
    const { inference, models } = this.parts;
    const request = {
      ...{ source: { name, bytes, sha256 }, info, input: await this.library.mediaInput(recordingId) },
      ...{ settings: defaultAnalysisSettings(), imported: null, notices: [] },
    };
    const parts = { ...this.parts, cache: this.library.stageCache(recordingId) };
    const { channels, separate } = await findSpeech(request, parts, context);
    const [only] = channels;
    if (separate || !only || only.windows.length === 0)
      throw new AttuneError(
        'edit-not-possible',
        separate
          ? 'Each channel of this recording is a speaker’s own already.'
          : 'No voices were found in the sound.',
      );
    const { regions, windows, overlaps } = only;
    const found = await inference.call(
      'speakers.diarise',
      { regions, windows, people },
      { signal: context.signal },
    );
    return voiceTurnsOf(found, overlaps, parseSpeakerSettings(models.of('speaker-embedding').settings));
  }
}
