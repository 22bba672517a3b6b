/** Peak resident memory of this process and all its descendants (Linux: /proc; elsewhere only this process). */
import { readdirSync, readFileSync } from 'node:fs';

const MIB = 1024 * 1024;
const SAMPLE_EVERY_MS = 200;

interface ProcessMemory {
  name: string;
  parent: number;
  residentMiB: number;
}

function processes(): Map<number, ProcessMemory> {
  const found = new Map<number, ProcessMemory>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const status = readFileSync(`/proc/${entry}/status`, 'utf8');
      const field = (name: string): string => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(status)?.[1] ?? '';
      found.set(Number(entry), {
        name: field('Name'),
        parent: Number(field('PPid')),
        residentMiB: (Number.parseInt(field('VmRSS') || '0', 10) * 1024) / MIB,
      });
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return found;
}

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
    const own = process.platform === 'linux' ? this.family() : [];
    const all = own.length > 0 ? own : [{ name: 'this', residentMiB: process.memoryUsage.rss() / MIB }];
    const total = all.reduce((sum, p) => sum + p.residentMiB, 0);
    this.peak.totalMiB = Math.max(this.peak.totalMiB, total);
    this.peak.seriesMiB.push(total);
    for (const { name, residentMiB } of all)
      this.peak.byProcess[name] = Math.max(this.peak.byProcess[name] ?? 0, residentMiB);
  }

  private family(): { name: string; residentMiB: number }[] {
    const all = processes();
    const belongs = (pid: number): boolean => {
      for (let at: number | undefined = pid; at; at = all.get(at)?.parent)
        if (at === process.pid) return true;
      return false;
    };
    return [...all]
      .filter(([pid]) => belongs(pid))
      .map(([pid, p]) => ({
        name: pid === process.pid ? 'main' : p.name.startsWith('ff') ? p.name : 'inference host',
        residentMiB: p.residentMiB,
      }));
  }
}
