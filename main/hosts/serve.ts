/** The host's side of the protocol: takes calls, answers them, obeys cancel, ends with its parent. */
import { AttuneError, toErrorData } from '#contract/errors.ts';
import type { TaskTable } from './client.ts';
import { parentPort } from './parent-port.ts';
import type { ParentPort, ToHost } from './protocol.ts';
import { Turns } from './turns.ts';

export interface TaskContext {
  /** Aborted when the caller cancels; check it between native calls, after awaiting a macrotask. */
  readonly signal: AbortSignal;
}

export type TaskHandlers<T extends TaskTable<T>> = {
  [K in keyof T]: (params: T[K]['params'], context: TaskContext) => T[K]['result'] | Promise<T[K]['result']>;
};

export interface ServedHost<T extends TaskTable<T>> {
  handlers: TaskHandlers<T>;
  /** Calls wait for each other; otherwise they overlap wherever they await. */
  oneAtATime?: boolean;
  /** Called before an orderly end. */
  close?(): void | Promise<void>;
}

/**
 * Serves tasks to the process that started this one.
 * @param build Makes the handlers from the configuration that the supervisor sends; if it throws, the host says so and ends.
 */
export function serveTasks<T extends TaskTable<T>>(
  build: (config: unknown) => ServedHost<T> | Promise<ServedHost<T>>,
): void {
  const port = parentPort();
  const server = new TaskServer<T>(port);
  port.onMessage((message) => void server.take(message, build));
  port.onClose(() => process.exit(0));
  // Ctrl+C in a terminal reaches the whole process group; when to end is the parent's decision.
  process.on('SIGINT', () => undefined);
  port.send({ type: 'hello' });
}

type AnyHandler = (params: unknown, context: TaskContext) => unknown;

class TaskServer<T extends TaskTable<T>> {
  private readonly port: ParentPort;
  private readonly running = new Map<number, AbortController>();
  private readonly turns = new Turns();
  private host: ServedHost<T> | null = null;

  constructor(port: ParentPort) {
    this.port = port;
  }

  async take(
    message: ToHost,
    build: (config: unknown) => ServedHost<T> | Promise<ServedHost<T>>,
  ): Promise<void> {
    switch (message.type) {
      case 'configure':
        return this.configure(() => build(message.config));
      case 'call':
        return this.answer(message.id, message.task, message.params);
      case 'cancel':
        return this.running.get(message.id)?.abort();
      case 'ping': {
        this.port.send({ type: 'pong' });
        return;
      }
      case 'stop':
        return this.stop();
    }
  }

  private async configure(build: () => ServedHost<T> | Promise<ServedHost<T>>): Promise<void> {
    try {
      this.host = await build();
      this.port.send({ type: 'ready' });
    } catch (thrown) {
      this.port.send({ type: 'failed', error: toErrorData(thrown) });
    }
  }

  private async answer(id: number, task: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const { signal } = controller;
      const work = (): unknown => this.handler(task)(params, { signal });
      const result = await (this.host?.oneAtATime ? this.turns.take(signal, work) : work());
      this.port.send({ type: 'answer', id, result });
    } catch (thrown) {
      this.port.send({ type: 'refusal', id, error: toErrorData(thrown) });
    } finally {
      this.running.delete(id);
    }
  }

  private handler(task: string): AnyHandler {
    const handlers = this.host?.handlers as Record<string, AnyHandler> | undefined;
    if (handlers === undefined || !Object.hasOwn(handlers, task))
      throw new AttuneError('method-unknown', 'This part of Attune does not know that task.');
    return handlers[task]!;
  }

  private async stop(): Promise<void> {
    for (const controller of this.running.values()) controller.abort();
    try {
      await this.host?.close?.();
    } finally {
      process.exit(0);
    }
  }
}
