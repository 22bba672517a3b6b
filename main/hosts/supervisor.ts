/** Keeps a host running for its callers: starts it when it is needed, again after a crash, and not for ever. */
import { cancelledError } from '#contract/errors.ts';
import type { CallOptions, HostClient, TaskTable } from './client.ts';
import { HostConnection } from './connection.ts';
import type { Ending } from './connection.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import { hostRestartLimit, hostStopped } from './host-errors.ts';
import type { HostProcess } from './protocol.ts';
import { RestartBudget } from './restarts.ts';
import type { RestartLimit } from './restarts.ts';

export interface SupervisorOptions {
  /** "inference", as it stands in sentences for people. */
  label: string;
  launch: () => HostProcess;
  /** Read at every start; what the host's `serveTasks` callback is given. */
  config?: () => unknown;
  /** A native call that takes longer than `everyMs * missed` counts as a hang. */
  heartbeat?: HeartbeatOptions;
  restarts?: RestartLimit;
  startTimeoutMs?: number;
  /** From the cancel message to the kill. */
  cancelGraceMs?: number;
  /** From the stop message to the kill. */
  stopGraceMs?: number;
  /** For the log: what happened, without anything personal. */
  onEvent?: (event: HostEvent) => void;
}

export type HostEvent =
  | { kind: 'started'; label: string; pid: number | undefined }
  | { kind: 'ended'; label: string; why: Ending['kind']; reason: string };

export interface HostStatus {
  running: boolean;
  pid: number | null;
  starts: number;
  /** Why it last ended unasked, or null. */
  lastCrash: string | null;
}

const DEFAULTS = {
  // A minute: the first run on a GPU compiles for tens of seconds, and a person who waits can cancel.
  heartbeat: { everyMs: 5000, missed: 12 },
  restarts: { crashes: 3, withinMs: 60_000 },
  startTimeoutMs: 30_000,
  cancelGraceMs: 800,
  stopGraceMs: 3000,
} as const;

export class HostSupervisor<T extends TaskTable<T>> implements HostClient<T> {
  private readonly options: SupervisorOptions;
  private readonly budget: RestartBudget;
  private connection: HostConnection | null = null;
  private lastCrash: string | null = null;
  private starts = 0;
  private disposed = false;

  constructor(options: SupervisorOptions) {
    this.options = options;
    this.budget = new RestartBudget(options.restarts ?? DEFAULTS.restarts);
  }

  async call<K extends keyof T & string>(
    task: K,
    params: T[K]['params'],
    options: CallOptions = {},
  ): Promise<T[K]['result']> {
    if (options.signal?.aborted) throw cancelledError();
    const connection = this.connect();
    await untilAborted(connection.ready, options.signal);
    return connection.call(task, params, options);
  }

  status(): HostStatus {
    return {
      running: this.connection !== null,
      pid: this.connection?.pid ?? null,
      starts: this.starts,
      lastCrash: this.lastCrash,
    };
  }

  /** Ends the host in order; the next call starts it with a fresh configuration. Pending calls are cancelled. */
  async stop(): Promise<void> {
    await this.connection?.stop(
      hostStopped(this.options.label),
      this.options.stopGraceMs ?? DEFAULTS.stopGraceMs,
    );
  }

  /** Stops for good: later calls are refused as cancelled. */
  async dispose(): Promise<void> {
    this.disposed = true;
    await this.stop();
  }

  private connect(): HostConnection {
    if (this.disposed) throw hostStopped(this.options.label);
    if (this.connection !== null) return this.connection;
    if (this.budget.exhausted) throw hostRestartLimit(this.options.label, this.lastCrash ?? '');
    const connection = new HostConnection(this.options.launch(), {
      label: this.options.label,
      config: this.options.config?.(),
      heartbeat: this.options.heartbeat ?? DEFAULTS.heartbeat,
      startTimeoutMs: this.options.startTimeoutMs ?? DEFAULTS.startTimeoutMs,
      cancelGraceMs: this.options.cancelGraceMs ?? DEFAULTS.cancelGraceMs,
    });
    this.connection = connection;
    this.starts += 1;
    this.options.onEvent?.({ kind: 'started', label: this.options.label, pid: connection.pid });
    void connection.ended.then((ending) => this.afterEnd(connection, ending));
    return connection;
  }

  private afterEnd(connection: HostConnection, ending: Ending): void {
    if (this.connection === connection) this.connection = null;
    if (ending.kind === 'crash') {
      this.budget.crashed();
      this.lastCrash = ending.error.message;
    }
    const reason = ending.error.message;
    this.options.onEvent?.({ kind: 'ended', label: this.options.label, why: ending.kind, reason });
  }
}

/** Waits, but not longer than the caller wants to. */
function untilAborted(wait: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return wait;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(cancelledError());
    signal.addEventListener('abort', onAbort, { once: true });
    void wait.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
