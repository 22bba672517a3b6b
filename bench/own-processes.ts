/** This process, its descendants, and what Linux says of them in /proc; empty elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';

export interface OwnProcess {
  pid: number;
  name: string;
  residentMiB: number;
  /** Processor time, with that of its children that have ended. */
  seconds: number;
}

/** USER_HZ, as every Linux has it. */
const TICKS_PER_SECOND = 100;

interface Entry {
  parent: number;
  name: string;
  ticks: number;
}

export function ownProcesses(): OwnProcess[] {
  if (process.platform !== 'linux') return [];
  const all = new Map<number, Entry>();
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    const stat = read(`/proc/${pid}/stat`);
    if (stat !== null) all.set(pid, entryOf(stat));
  }
  const isOwn = (pid: number): boolean => {
    for (let at: number | undefined = pid; at; at = all.get(at)?.parent) if (at === process.pid) return true;
    return false;
  };
  return [...all]
    .filter(([pid]) => isOwn(pid))
    .map(([pid, { name, ticks }]) => ({
      pid,
      name,
      residentMiB: residentMiB(pid),
      seconds: ticks / TICKS_PER_SECOND,
    }));
}

/** proc(5): after the name in brackets come state, ppid, …, utime, stime, cutime, cstime as fields 14 to 17. */
function entryOf(stat: string): Entry {
  const end = stat.lastIndexOf(')');
  const fields = stat
    .slice(end + 2)
    .split(' ')
    .map(Number);
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    parent: fields[1]!,
    ticks: fields.slice(11, 15).reduce((sum, value) => sum + value, 0),
  };
}

const residentMiB = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) / 1024;

/** null: it ended between the listing and the reading. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
