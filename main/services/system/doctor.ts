/** What this machine can run, and why not. Nothing personal: no names, no paths below a home folder. */
import os from 'node:os';
import { toErrorData } from '#contract/errors.ts';
import type { ModelStatus } from '#contract/system/models.ts';
import type { DoctorReport } from '#contract/system/doctor.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';

type Check = DoctorReport['checks'][number];

export interface DoctorParts {
  version: string;
  shell: string;
  inference: HostClient<InferenceTasks>;
  /** Runs both tools once; gives their versions. */
  mediaVersions: () => Promise<{ ffmpeg: string; ffprobe: string }>;
  keychainAvailable: () => Promise<boolean>;
}

const GIB = 1024 ** 3;
const ENOUGH_MEMORY_GIB = 4;

const check = (name: string, outcome: Check['outcome'], detail: string): Check => ({ name, outcome, detail });

/** A check whose failure is a finding, not the end of the report. */
async function tried(name: string, run: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await run();
  } catch (error) {
    const { message, remedy, code } = toErrorData(error);
    return [check(name, 'failed', [message, remedy, `[${code}]`].filter(Boolean).join(' '))];
  }
}

function machine(shell: string): Check[] {
  const memoryGiB = os.totalmem() / GIB;
  return [
    check('Program', 'ok', `${shell}, Node ${process.versions.node}, ${process.platform} ${process.arch}`),
    check(
      'Processor',
      os.availableParallelism() >= 2 ? 'ok' : 'warning',
      `${os.availableParallelism()} cores`,
    ),
    check('Memory', memoryGiB >= ENOUGH_MEMORY_GIB ? 'ok' : 'warning', `${memoryGiB.toFixed(1)} GiB`),
  ];
}

function modelCheck({ manifest, state, provider, refused, warmUpMs, error }: ModelStatus): Check {
  const name = `Model ${manifest.id}@${manifest.version}`;
  if (state === 'missing' || state === 'damaged') return check(name, 'failed', error?.message ?? state);
  const where =
    provider === null ? 'not loaded yet' : `on ${provider}, warm-up ${Math.round(warmUpMs ?? 0)} ms`;
  const why = refused.map((r) => `${r.provider} refused: ${r.reason}`).join('; ');
  const licence = manifest.nonCommercial ? `${manifest.licence} (not for commercial use)` : manifest.licence;
  return check(name, 'ok', [where, why, licence].filter(Boolean).join('; '));
}

export async function examine(parts: DoctorParts): Promise<DoctorReport> {
  const media = tried('Media tools', async () => {
    const { ffmpeg, ffprobe } = await parts.mediaVersions();
    return [check('ffmpeg', 'ok', ffmpeg), check('ffprobe', 'ok', ffprobe)];
  });
  const models = tried('Models', async () => {
    const { models: all } = await parts.inference.call('models.status', {});
    return all.map(modelCheck);
  });
  const keychain = tried('Keychain', async () =>
    (await parts.keychainAvailable())
      ? [check('Keychain', 'ok', 'The system keychain can hold the workspace key.')]
      : [check('Keychain', 'warning', 'No system keychain here: a workspace needs a passphrase.')],
  );
  const checks = [...machine(parts.shell), ...(await media), ...(await models), ...(await keychain)];
  return { attune: parts.version, checks };
}

const SIGNS = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;
export const doctorText = ({ attune, checks }: DoctorReport): string =>
  [`Attune ${attune}`, ...checks.map((c) => `${SIGNS[c.outcome]}  ${c.name}: ${c.detail}`), ''].join('\n');
