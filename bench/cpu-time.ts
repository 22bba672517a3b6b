/** Processor time of this process, its descendants, and those of them that have ended (Linux; elsewhere only this process). */
import { ownProcesses } from './own-processes.ts';

/** Seconds of one core since the start of the processes: other programs of a busy machine hardly count. */
export function coreSeconds(): number {
  const own = ownProcesses();
  if (own.length > 0) return own.reduce((sum, { seconds }) => sum + seconds, 0);
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
