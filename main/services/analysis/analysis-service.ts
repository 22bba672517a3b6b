/** Analyses of the library's recordings: one job each, results and finished stages kept in the workspace. */
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import { analysisSettings } from '#contract/analysis/settings.ts';
import type { Notice } from '#contract/analysis/result.ts';
import { toErrorData } from '#contract/errors.ts';
import type { Job } from '#contract/jobs/job.ts';
import type { Recording } from '#contract/library/entities.ts';
import type { z } from 'zod';
import type { CurrentTranscript, TranscriptService } from '#main/services/transcript/transcript-service.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import type { LibraryService } from '#main/services/library/library-service.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { analyse, STAGE_WEIGHTS } from './analyse.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

const SYNTHETIC: Notice = {
  code: 'synthetic-sample',
  stage: 'probe',
  message:
    'This is a synthetic sample: nobody real speaks or is seen, and what is read from it says nothing about people.',
};

export class AnalysisService {
  private readonly library: LibraryService;
  private readonly jobs: JobRegistry;
  private readonly transcripts: TranscriptService;
  private readonly parts: Omit<AnalysisParts, 'cache'>;

  constructor(
    library: LibraryService,
    transcripts: TranscriptService,
    jobs: JobRegistry,
    parts: Omit<AnalysisParts, 'cache'>,
  ) {
    this.library = library;
    this.transcripts = transcripts;
    this.jobs = jobs;
    this.parts = parts;
  }

  /** Queues the analysis; one that is already queued or running for the recording is returned instead. */
  async start(recordingId: string, chosen: z.input<typeof analysisSettings>): Promise<Job> {
    const recording = await this.library.recording(recordingId);
    const active = this.jobs
      .list()
      .find((job) => job.kind === 'analysis' && job.recordingId === recordingId && job.endedAt === null);
    if (active) return active;
    const settings = analysisSettings.parse(chosen);
    return this.jobs.enqueue({
      kind: 'analysis',
      title: recording.name,
      sessionId: recording.sessionId,
      recordingId,
      stages: STAGE_WEIGHTS,
      run: (context) => this.run(recording, settings, context),
    });
  }

  private async run(recording: Recording, settings: AnalysisSettings, context: WorkContext): Promise<void> {
    const { id, name, bytes, sha256, media } = recording;
    await this.library.setState(id, 'analysing', null);
    const { session } = await this.library.session(recording.sessionId);
    try {
      const current = await this.transcripts.current(id);
      const request = {
        input: await this.library.mediaInput(id),
        source: { name, bytes, sha256 },
        info: media,
        settings,
        ...(await this.words(id, current)),
        notices: session.sample ? [SYNTHETIC] : [],
      };
      const result = await analyse(request, { ...this.parts, cache: this.library.stageCache(id) }, context);
      context.signal.throwIfAborted();
      await this.library.saveResult(id, result);
      // Without corrections the words were found anew, and editing goes on from there.
      if (current && !current.corrected) await this.transcripts.replace(id, result.transcript);
    } catch (error) {
      if (context.signal.aborted) await this.library.endAnalysis(id);
      else {
        // A torn stream is what the analysis saw; damage in the store is why.
        const why = (await this.library.mediaProblem(id)) ?? error;
        await this.library.setState(id, 'failed', toErrorData(why));
        throw why;
      }
      throw error;
    }
  }

  /** The corrected transcript, or one that was brought, or none: then words are recognised. */
  private async words(
    recordingId: string,
    current: CurrentTranscript | null,
  ): Promise<Pick<AnalysisRequest, 'imported' | 'corrected'>> {
    if (!current?.corrected) return { imported: await this.library.transcript(recordingId) };
    const { source, recogniser, language, speakersFrom } = current.transcript;
    return { imported: current.transcript, corrected: { source, recogniser, language, speakersFrom } };
  }
}
