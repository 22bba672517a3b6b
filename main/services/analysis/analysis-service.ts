/** Analyses of the library's recordings: one job each, results and finished stages kept in the workspace. */
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import { analysisSettings } from '#contract/analysis/settings.ts';
import type { Job } from '#contract/jobs/job.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import type { LibraryService } from '#main/services/library/library-service.ts';
import { analyse, STAGE_WEIGHTS } from './analyse.ts';
import type { AnalysisParts } from './types.ts';

export class AnalysisService {
  private readonly library: LibraryService;
  private readonly jobs: JobRegistry;
  private readonly parts: Omit<AnalysisParts, 'cache'>;

  constructor(library: LibraryService, jobs: JobRegistry, parts: Omit<AnalysisParts, 'cache'>) {
    this.library = library;
    this.jobs = jobs;
    this.parts = parts;
  }

  /** Queues the analysis; one that is already queued or running for the recording is returned instead. */
  async start(recordingId: string, chosen: Partial<AnalysisSettings>): Promise<Job> {
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
      run: async (context) => {
        await this.library.markAnalysing(recordingId);
        try {
          const { imported, notices } = await this.library.transcript(recordingId);
          const result = await analyse(
            {
              input: await this.library.mediaInput(recordingId),
              source: { name: recording.name, bytes: recording.bytes, sha256: recording.sha256 },
              info: recording.media,
              settings,
              imported,
              notices,
            },
            { ...this.parts, cache: this.library.stageCache(recordingId) },
            context,
          );
          context.signal.throwIfAborted();
          await this.library.saveResult(recordingId, result);
        } catch (error) {
          await this.library.markNotAnalysed(recordingId, context.signal.aborted ? null : error);
          throw error;
        }
      },
    });
  }
}
