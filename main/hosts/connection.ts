/** One life of one host process: from its start to its end, with the calls it holds. */
import { AttuneError, cancelledError } from '#contract/errors.ts';
import { Deferred } from './deferred.ts';
import type { CallOptions } from './client.ts';
import { Heartbeat } from './heartbeat.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import { hostCrashed, hostSacrificed, hostUnresponsive } from './host-errors.ts';
import type { FromHost, HostProcess } from './protocol.ts';

export interface ConnectionOptions {
  /** "inference", as it stands in sentences. */
  label: string;
  config: unknown;
  heartbeat: HeartbeatOptions;
  startTimeoutMs: number;
  cancelGraceMs: number;
}

/** Why a process ended: 'crash' counts against the restart limit, 'asked' doesn't. */
export interface Ending {
  kind: 'crash' | 'asked';
  error: AttuneError;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: AttuneError): void;
}

export class HostConnection {
  /** Rejects when the host ends before it is ready. */
  readonly ready: Promise<void>;
  /** Resolves when calls can no longer be made, whatever the reason. */
  readonly ended: Promise<Ending>;
  /** Resolves when the process itself is gone. */
  readonly exited: Promise<void>;
  private readonly host: HostProcess;
  private readonly options: ConnectionOptions;
  private readonly pending = new Map<number, Pending>();
  private readonly start = new Deferred<undefined>();
  private readonly end = new Deferred<Ending>();
  private readonly exit = new Deferred<undefined>();
  /** Beats from 'ready' on; the start has a time limit of its own. */
  private heartbeat: Heartbeat | null = null;
  private ending: Ending | null = null;
  private nextId = 1;

  constructor(host: HostProcess, options: ConnectionOptions) {
    this.host = host;
    this.options = options;
    this.ready = this.start.promise;
    this.ended = this.end.promise;
    this.exited = this.exit.promise;
    this.ready.catch(() => undefined);
    const startTimer = setTimeout(() => this.giveUp(), options.startTimeoutMs);
    const stopTimer = (): void => clearTimeout(startTimer);
    this.ready.then(stopTimer, stopTimer);
    host.onMessage((message) => this.take(message));
    host.onExit((reason) => {
      this.finish({ kind: 'crash', error: hostCrashed(options.label, reason) });
      this.exit.resolve(undefined);
    });
  }

  get alive(): boolean {
    return this.ending === null;
  }

  get pid(): number | undefined {
    return this.host.pid;
  }

  get idle(): boolean {
    return this.pending.size === 0;
  }

  /** Calls a task of a host that is ready. */
  call(task: string, params: unknown, { signal, timeoutMs }: CallOptions): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(cancelledError());
    if (this.ending !== null) return Promise.reject(this.ending.error);
    const id = this.nextId++;
    const answer = new Deferred<unknown>();
    let graceTimer: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      this.host.send({ type: 'cancel', id });
      graceTimer = setTimeout(() => {
        this.pending.delete(id);
        answer.reject(cancelledError());
        this.kill({ kind: 'asked', error: hostSacrificed(this.options.label) });
      }, this.options.cancelGraceMs);
    };
    const answerTimer = timeoutMs === undefined ? undefined : setTimeout(() => this.giveUp(), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (): void => {
      this.pending.delete(id);
      clearTimeout(graceTimer);
      clearTimeout(answerTimer);
      signal?.removeEventListener('abort', onAbort);
    };
    this.pending.set(id, {
      resolve(result) {
        settle();
        answer.resolve(result);
      },
      reject(error) {
        settle();
        // Whatever ended a cancelled call, it ended because it was cancelled.
        answer.reject(signal?.aborted ? cancelledError() : error);
      },
    });
    try {
      this.host.send({ type: 'call', id, task, params });
    } catch (cause) {
      const error = new AttuneError('internal', 'A request could not be sent to a part of Attune.', {
        cause,
      });
      this.pending.get(id)?.reject(error);
    }
    return answer.promise;
  }

  /** Ends it at once; pending calls reject with the ending's error. */
  kill(ending: Ending): void {
    this.finish(ending);
    this.host.kill();
  }

  /** Asks the host to end in order, and kills it when it hasn't after `graceMs`. */
  async stop(error: AttuneError, graceMs: number): Promise<void> {
    this.finish({ kind: 'asked', error });
    this.host.send({ type: 'stop' });
    const timer = setTimeout(() => this.host.kill(), graceMs);
    await this.exited;
    clearTimeout(timer);
  }

  private take(message: FromHost): void {
    this.heartbeat?.heard();
    switch (message.type) {
      case 'hello': {
        this.host.send({ type: 'configure', config: this.options.config });
        return;
      }
      case 'ready': {
        this.becomeReady();
        return;
      }
      case 'failed': {
        this.kill({ kind: 'asked', error: AttuneError.fromData(message.error) });
        return;
      }
      case 'answer':
        return this.pending.get(message.id)?.resolve(message.result);
      case 'refusal':
        return this.pending.get(message.id)?.reject(AttuneError.fromData(message.error));
      case 'pong':
        return;
    }
  }

  private becomeReady(): void {
    if (this.ending !== null) return;
    const ping = (): void => this.host.send({ type: 'ping' });
    this.heartbeat = new Heartbeat(this.options.heartbeat, ping, () => this.giveUp());
    this.start.resolve(undefined);
  }

  private giveUp(): void {
    this.kill({ kind: 'crash', error: hostUnresponsive(this.options.label) });
  }

  private finish(ending: Ending): void {
    if (this.ending !== null) return;
    this.ending = ending;
    this.heartbeat?.stop();
    this.start.reject(ending.error);
    for (const call of [...this.pending.values()]) call.reject(ending.error);
    this.end.resolve(ending);
  }
}
