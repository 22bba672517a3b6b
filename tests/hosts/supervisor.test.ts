import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { AttuneError } from '#contract/errors.ts';
import { nodeLauncher } from '#main/hosts/launcher.ts';
import { HostSupervisor } from '#main/hosts/supervisor.ts';
import type { HostEvent, SupervisorOptions } from '#main/hosts/supervisor.ts';
import type { TroubleTasks } from './fixtures/trouble-host.ts';

const file = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const launch = nodeLauncher();
const started: HostSupervisor<TroubleTasks>[] = [];
const events: HostEvent[] = [];

function supervise(options: Partial<SupervisorOptions> = {}): HostSupervisor<TroubleTasks> {
  const supervisor = new HostSupervisor<TroubleTasks>({
    label: 'test',
    launch: () => launch(file('trouble-host.ts')),
    onEvent: (event) => events.push(event),
    ...options,
  });
  started.push(supervisor);
  return supervisor;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.dispose()));
  events.length = 0;
});

async function refusal(promise: Promise<unknown>): Promise<AttuneError> {
  const thrown: unknown = await promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AttuneError);
  return thrown as AttuneError;
}

const gone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('calls', () => {
  it('carry typed arrays and nested values intact, both ways', async () => {
    const host = supervise();
    const whole = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
    const params = {
      floats: whole,
      part: whole.subarray(3, 7),
      bytes: Uint8Array.of(1, 2, 255),
      ids: BigInt64Array.of(1n, -5n),
      nested: [{ a: null, b: undefined, c: Number.NaN, d: 'ü 汉' }],
    };
    const back = (await host.call('echo', params)) as typeof params;
    expect(back.floats).toBeInstanceOf(Float32Array);
    expect(back).toEqual(params);
    expect(back.part.length).toBe(4);
  });

  it('give the host its configuration, read anew at every start', async () => {
    let threads = 1;
    const host = supervise({ config: () => ({ threads }) });
    expect(await host.call('config', {})).toEqual({ threads: 1 });
    threads = 2;
    await host.stop();
    expect(await host.call('config', {})).toEqual({ threads: 2 });
  });

  it('reject with the coded error of the task, and hide the text of what is not ours', async () => {
    const host = supervise();
    const refused = await refusal(host.call('refuse', {}));
    expect(refused.toData()).toEqual({ code: 'row-invalid', message: 'No.', remedy: 'Yes.' });
    const broken = await refusal(host.call('break', { text: 'patient-name.mp4' }));
    expect(broken.code).toBe('internal');
    expect(JSON.stringify(broken.toData())).not.toContain('patient');
    expect((await refusal(host.call('unclonable', {}))).code).toBe('internal');
    expect((await refusal(host.call('echo', () => {}))).code).toBe('internal');
    expect((await refusal(host.call('toString' as 'echo', {}))).code).toBe('method-unknown');
    expect(host.status().starts).toBe(1);
  });

  it('say why a host could not be set up', async () => {
    const error = await refusal(supervise({ config: () => ({ failToBuild: true }) }).call('echo', 1));
    expect(error.code).toBe('model-missing');
  });
});

describe('memory', () => {
  it('is given back: a host that made 300 MiB of garbage holds little of it', async () => {
    const { heapMiB } = await supervise().call('litter', {});
    expect(heapMiB).toBeLessThan(80);
  });
});

describe('a host that dies', () => {
  it('killed in the middle of a call: the call fails with a code, the next one works', async () => {
    const host = supervise();
    await host.call('echo', 1);
    const pid = host.status().pid!;
    const waiting = refusal(host.call('wait', {}));
    process.kill(pid, 'SIGKILL');
    const error = await waiting;
    expect(error.code).toBe('host-crashed');
    expect(error.message).toContain('SIGKILL');
    expect(await host.call('echo', 2)).toBe(2);
    expect(host.status().pid).not.toBe(pid);
    expect(events.map((event) => event.kind)).toEqual(['started', 'ended', 'started']);
  });

  it('is not restarted for ever, and says why', async () => {
    const host = supervise({ restarts: { crashes: 3, withinMs: 60_000 } });
    for (let i = 0; i < 3; i++)
      expect((await refusal(host.call('exit', { code: 7 }))).code).toBe('host-crashed');
    const error = await refusal(host.call('echo', 1));
    expect(error.code).toBe('host-restart-limit');
    expect(error.message).toContain('exit code 7');
    expect(host.status()).toMatchObject({ starts: 3, running: false });
  });

  it('may be tried again when the crashes lie back far enough', async () => {
    const host = supervise({ restarts: { crashes: 1, withinMs: 0 } });
    await refusal(host.call('exit', { code: 1 }));
    expect(await host.call('echo', 1)).toBe(1);
  });

  it('that cannot even be started is a crash', async () => {
    const host = supervise({ launch: () => launch(file('no-such-host.ts')) });
    expect((await refusal(host.call('echo', 1))).code).toBe('host-crashed');
    const noNode = nodeLauncher('/no/such/node');
    const other = supervise({ launch: () => noNode(file('trouble-host.ts')) });
    expect((await refusal(other.call('echo', 1))).code).toBe('host-crashed');
  });

  it('does not die of a Ctrl+C that is meant for its parent', async () => {
    const host = supervise();
    await host.call('echo', 1);
    process.kill(host.status().pid!, 'SIGINT');
    expect(await host.call('echo', 2)).toBe(2);
    expect(await host.call('echo', 3)).toBe(3);
    expect(host.status()).toMatchObject({ starts: 1, lastCrash: null });
  });

  it('ends when its parent is killed', async () => {
    const parent = spawn(process.execPath, [file('parent.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(gone(pid)).toBe(false);
    parent.kill('SIGKILL');
    await expect.poll(() => gone(pid), { timeout: 5000 }).toBe(true);
  });
});

describe('a host that hangs', () => {
  it('is noticed by its silence, killed, and replaced', async () => {
    const host = supervise({ heartbeat: { everyMs: 50, missed: 4 } });
    await host.call('echo', 1);
    const pid = host.status().pid!;
    const [error, other] = await Promise.all([
      refusal(host.call('block', { ms: 600_000 })),
      refusal(host.call('echo', 2)),
    ]);
    expect([error.code, other.code]).toEqual(['host-unresponsive', 'host-unresponsive']);
    await expect.poll(() => gone(pid)).toBe(true);
    expect(await host.call('echo', 3)).toBe(3);
  });

  it('is not taken for one while a native call is just long', async () => {
    const host = supervise({ heartbeat: { everyMs: 100, missed: 20 } });
    expect(await host.call('block', { ms: 500 })).toBe('over');
    expect(host.status().starts).toBe(1);
  });

  it('fails a call that had a time limit of its own', async () => {
    const host = supervise();
    expect((await refusal(host.call('wait', {}, { timeoutMs: 100 }))).code).toBe('host-unresponsive');
  });
});

describe('cancel', () => {
  it('before the start: the host is not even started', async () => {
    const host = supervise();
    expect((await refusal(host.call('echo', 1, { signal: AbortSignal.abort() }))).code).toBe('cancelled');
    expect(host.status().starts).toBe(0);
  });

  it('while the host starts: the call never reaches it', async () => {
    const host = supervise();
    const controller = new AbortController();
    const call = refusal(host.call('exit', { code: 9 }, { signal: controller.signal }));
    controller.abort();
    expect((await call).code).toBe('cancelled');
    expect(await host.call('echo', 1)).toBe(1);
    expect(host.status().starts).toBe(1);
  });

  it('by message: the host stays', async () => {
    const host = supervise();
    await host.call('echo', 1);
    const controller = new AbortController();
    const call = refusal(host.call('wait', {}, { signal: controller.signal }));
    await setImmediate();
    controller.abort();
    expect((await call).code).toBe('cancelled');
    expect(await host.call('echo', 2)).toBe(2);
    expect(host.status().starts).toBe(1);
  });

  it('by kill, within a second, when the host obeys nothing; and that is no crash', async () => {
    const host = supervise({ restarts: { crashes: 1, withinMs: 60_000 } });
    await host.call('echo', 1);
    const controller = new AbortController();
    const call = refusal(host.call('block', { ms: 600_000 }, { signal: controller.signal }));
    // Calls leave some promises later: without this the bystander can overtake, and be answered.
    await setImmediate();
    const bystander = refusal(host.call('echo', 2));
    await setImmediate();
    const at = performance.now();
    controller.abort();
    expect((await call).code).toBe('cancelled');
    expect(performance.now() - at).toBeLessThan(1000);
    expect((await bystander).code).toBe('host-crashed');
    expect(await host.call('echo', 3)).toBe(3);
  });
});

it('dispose ends the process in order and refuses what comes later', async () => {
  const host = supervise();
  await host.call('echo', 1);
  const pid = host.status().pid!;
  const waiting = refusal(host.call('wait', {}));
  await host.dispose();
  expect((await waiting).code).toBe('cancelled');
  expect(gone(pid)).toBe(true);
  expect((await refusal(host.call('echo', 1))).code).toBe('cancelled');
});
