/** What mattered to a reading: the models asked again about one moment, as a job, and the answer kept in the recording's cache. */
import type { Explanation, ExplainRequest } from '#contract/explanation/explanation.ts';
import { asJob } from '#main/jobs/as-job.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { AnalysisParts } from '../analysis/types.ts';
import type { LibraryService } from '../library/library-service.ts';
import { explainLook } from './explain-look.ts';
import { explainSound } from './explain-sound.ts';
import { explainWords } from './explain-words.ts';
import type { Explaining } from './types.ts';

/** Usual number of runs, for the progress shown. */
const USUAL_RUNS: Record<ExplainRequest['modality'], number> = { text: 45, voice: 17, face: 31 };

export class ExplanationService {
  private readonly library: LibraryService;
  private readonly jobs: JobRegistry;
  private readonly parts: Omit<AnalysisParts, 'cache'>;

  constructor(library: LibraryService, jobs: JobRegistry, parts: Omit<AnalysisParts, 'cache'>) {
    this.library = library;
    this.jobs = jobs;
    this.parts = parts;
  }

  /** @throws AttuneError: why the job failed, or 'cancelled' */
  async explain(request: ExplainRequest): Promise<Explanation> {
    const { name, sessionId, id: recordingId } = await this.library.recording(request.recordingId);
    const { modality } = request;
    const stages = [{ name: modality, weight: 1 }];
    return asJob(this.jobs, { kind: 'explanation', title: name, sessionId, recordingId, stages }, (context) =>
      this.run(request, context),
    );
  }

  private async run(request: ExplainRequest, context: WorkContext): Promise<Explanation> {
    const { recordingId, modality } = request;
    const { signal } = context;
    const report = context.stage(modality);
    const to: Explaining = {
      recording: await this.library.recording(recordingId),
      input: await this.library.mediaInput(recordingId),
      result: await this.library.result(recordingId),
      parts: { ...this.parts, cache: this.library.stageCache(recordingId) },
      signal,
      asked: (runs) => report.progress(Math.min(0.99, runs / USUAL_RUNS[modality])),
    };
    const made = await explain(request, to);
    signal.throwIfAborted();
    report.done();
    return made;
  }
}

function explain(request: ExplainRequest, to: Explaining): Promise<Explanation> {
  switch (request.modality) {
    case 'text':
      return explainWords(request, to);
    case 'voice':
      return explainSound(request, to);
    case 'face':
      return explainLook(request, to);
  }
}
