/** Processor time of this process, its descendants, and those of them that have ended (Linux: /proc; elsewhere only this process). */
import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ, as every Linux has it. */
const TICKS_PER_SECOND = 100;

/** Seconds of one core since the start of the processes: other programs of a busy machine hardly count. */
export function coreSeconds(): number {
  if (process.platform !== 'linux') {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  const all = new Map<number, { parent: number; ticks: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // proc(5): after the name in brackets come state, ppid, …, utime, stime, cutime, cstime as fields 14 to 17.
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
      all.set(Number(entry), { parent: fields[1]!, ticks });
    } catch {
      // It ended between the listing and the reading.
    }
  }
  const isOwn = (pid: number): boolean => {
    for (let at: number | undefined = pid; at; at = all.get(at)?.parent) if (at === process.pid) return true;
    return false;
  };
  const own = [...all].filter(([pid]) => isOwn(pid));
  return own.reduce((sum, [, { ticks }]) => sum + ticks, 0) / TICKS_PER_SECOND;
}
