/** One instance at a time: a file that says who holds something, and how to tell that they are gone. */
import { readFileSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import type { AttuneError } from '#contract/errors.ts';
import { z } from 'zod';
import { systemCode, writeError } from './file-errors.ts';

const holder = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  /** Clock ticks from the system's start to the process's (Linux); null where the system doesn't tell. */
  processStart: z.string().nullable(),
  takenAt: z.number(),
});
type Holder = z.infer<typeof holder>;
/** Clocks are set and drift; a lock this much older than the system's start is surely from before it. */
const BOOT_SLACK_MS = 60_000;

export class LockFile {
  private readonly path: string;
  private readonly text: string;

  private constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Throws `inUse` while another instance holds it, or this one. */
  static async take(path: string, inUse: () => AttuneError): Promise<LockFile> {
    const text = ownHolder();
    if (await create(path, text)) return new LockFile(path, text);
    await removeStale(path, inUse);
    if (await create(path, text)) return new LockFile(path, text);
    throw inUse();
  }

  /** Somebody else's lock, taken over by hand meanwhile, stays. */
  async release(): Promise<void> {
    const now = await readFile(this.path, 'utf8').catch(() => null);
    if (now === this.text) await rm(this.path, { force: true });
  }
}

function ownHolder(): string {
  const self: Holder = {
    pid: process.pid,
    host: hostname(),
    processStart: processStart(process.pid),
    takenAt: Date.now(),
  };
  return JSON.stringify(self);
}

/** False when there is one already. */
async function create(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    return true;
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false;
    throw writeError(thrown);
  }
}

/**
 * Removes a lock whose holder is surely gone; throws `inUse` otherwise.
 * Two instances may both judge it stale: each moves it to a name of its own, and whoever moved something else than what it judged puts that back.
 * (Behind a workspace's stands the database's own exclusive lock.)
 */
async function removeStale(path: string, inUse: () => AttuneError): Promise<void> {
  const judged = await readFile(path, 'utf8').catch(() => null);
  if (judged === null) return;
  if (!isStale(judged)) throw inUse();
  const aside = `${path}.${process.pid}.stale`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== judged) {
    await rename(aside, path);
    throw inUse();
  }
  await rm(aside, { force: true });
}

function isStale(text: string): boolean {
  const parsed = holder.safeParse(parseJson(text));
  // Cut short by a crash while it was written, or no lock of ours: nobody can be told to hold it, so a person decides.
  if (!parsed.success) return text.length === 0;
  const { pid, host, processStart: start, takenAt } = parsed.data;
  if (host !== hostname()) return false;
  if (takenAt < Date.now() - uptime() * 1000 - BOOT_SLACK_MS) return true;
  if (!isAlive(pid)) return true;
  const now = processStart(pid);
  return start !== null && now !== null && now !== start;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return systemCode(thrown) !== 'ESRCH';
  }
}

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)): tells a process from a later one with the same number. */
function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
