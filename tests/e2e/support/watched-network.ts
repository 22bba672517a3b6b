/** Running something where every packet that would leave the machine is counted. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const SCRIPT = path.join(import.meta.dirname, 'watched-network.sh');
const namespaces = (): string[] => ['unshare', process.getuid?.() === 0 ? '-nm' : '-rnm'];

/** False where the system gives no network namespace (other systems, containers that forbid it). */
export const canWatch = (): boolean =>
  process.platform === 'linux' && watched('true', []).packetsOut !== null;

export interface Watched {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Sent beyond loopback, or tried to; null when it could not be watched. */
  readonly packetsOut: number | null;
}

export function watched(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Watched {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-watch-'));
  try {
    const report = path.join(folder, 'packets');
    const [unshare = '', ...flags] = namespaces();
    const ran = spawnSync(unshare, [...flags, 'sh', SCRIPT, report, program, ...args], {
      encoding: 'utf8',
      env,
      maxBuffer: 256 * 1024 * 1024,
    });
    return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr, packetsOut: countIn(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countIn(report: string): number | null {
  try {
    return Number(readFileSync(report, 'utf8').trim());
  } catch {
    return null;
  }
}
