/** Peak resident memory of this process and all its descendants (Linux; elsewhere only this process). */
import { ownProcesses } from './own-processes.ts';

const MIB = 1024 * 1024;
const SAMPLE_EVERY_MS = 200;

export interface PeakMemory {
  /** Highest sum of all processes at one time. */
  totalMiB: number;
  /** Highest of each, by name and role. */
  byProcess: Record<string, number>;
  /** Sum of all processes at each sample, SAMPLE_EVERY_MS apart. */
  seriesMiB: number[];
}

export class MemoryWatch {
  private readonly peak: PeakMemory = { totalMiB: 0, byProcess: {}, seriesMiB: [] };
  private readonly timer: NodeJS.Timeout;

  constructor() {
    this.timer = setInterval(() => this.sample(), SAMPLE_EVERY_MS);
    this.sample();
  }

  stop(): PeakMemory {
    this.sample();
    clearInterval(this.timer);
    return this.peak;
  }

  private sample(): void {
    const own = ownProcesses().map(({ pid, name, residentMiB }) => ({
      name: roleOf(pid, name),
      residentMiB,
    }));
    const all = own.length > 0 ? own : [{ name: 'this', residentMiB: process.memoryUsage.rss() / MIB }];
    const total = all.reduce((sum, p) => sum + p.residentMiB, 0);
    this.peak.totalMiB = Math.max(this.peak.totalMiB, total);
    this.peak.seriesMiB.push(total);
    for (const { name, residentMiB } of all)
      this.peak.byProcess[name] = Math.max(this.peak.byProcess[name] ?? 0, residentMiB);
  }
}

const roleOf = (pid: number, name: string): string =>
  pid === process.pid ? 'main' : name.startsWith('ff') ? name : 'inference host';
