/** A job's progress on stderr: one line that rewrites itself on a terminal, a line a stage and every tenth elsewhere. */
import type { Job } from '#contract/jobs/job.ts';

const minutes = (ms: number): string => {
  const s = Math.ceil(ms / 1000);
  return s < 60 ? `${s} s` : `${Math.floor(s / 60)} min ${s % 60} s`;
};

const describe = (job: Job): string => {
  const stage = job.stages.find((s) => s.state === 'running');
  const left = job.remainingMs === null ? '' : `, about ${minutes(job.remainingMs)} left`;
  return `${job.title}: ${Math.round(job.fraction * 100)} %${stage ? ` (${stage.name})` : ''}${left}`;
};

export class ProgressLine {
  private readonly stream: NodeJS.WriteStream;
  private lastStep = '';

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
  }

  show(job: Job): void {
    if (job.state !== 'running') return;
    if (this.stream.isTTY) {
      this.stream.write(`\r\u001b[2K${describe(job).slice(0, (this.stream.columns || 80) - 1)}`);
      return;
    }
    const stage = job.stages.find((s) => s.state === 'running')?.name ?? '';
    const step = `${stage} ${Math.floor(job.fraction * 10)}`;
    if (step === this.lastStep) return;
    this.lastStep = step;
    this.stream.write(`${describe(job)}\n`);
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[2K');
    this.lastStep = '';
  }
}
