/** How services talk to a host: named tasks, typed both ways, cancellable. Only the supervisor knows what stands behind it. */

export interface Task<P, R> {
  readonly params: P;
  readonly result: R;
}
/** A table of tasks: an interface whose members are Task types. */
export type TaskTable<T> = { [K in keyof T]: Task<unknown, unknown> };

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The host counts as unresponsive when it has not answered by then. */
  readonly timeoutMs?: number;
}

export interface HostClient<T extends TaskTable<T>> {
  /** Rejects with an AttuneError: what the task refused, 'cancelled', 'host-crashed', 'host-unresponsive', 'host-restart-limit' or 'timeout'. */
  call<K extends keyof T & string>(
    task: K,
    params: T[K]['params'],
    options?: CallOptions,
  ): Promise<T[K]['result']>;
}
