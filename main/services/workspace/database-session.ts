/** The open database. A host that was restarted has nothing open: it is opened again, and the call repeated. */
import { AttuneError } from '#contract/errors.ts';
import type { CallOptions, HostClient } from '../../hosts/client.ts';
import type { DatabaseTasks } from '../../hosts/database/tasks.ts';
import { workspaceLocked } from './encrypted-file.ts';

export class DatabaseSession implements HostClient<DatabaseTasks> {
  private readonly host: HostClient<DatabaseTasks>;
  private readonly path: string;
  /** The workspace's own buffer, which it overwrites at lock. */
  private readonly key: Buffer;
  private reopening: Promise<unknown> | null = null;
  private closed = false;

  constructor(host: HostClient<DatabaseTasks>, path: string, key: Buffer) {
    this.host = host;
    this.path = path;
    this.key = key;
  }

  async open(): Promise<void> {
    await this.host.call('database.open', { path: this.path, key: this.key });
  }

  async call<K extends keyof DatabaseTasks>(
    task: K,
    params: DatabaseTasks[K]['params'],
    options?: CallOptions,
  ): Promise<DatabaseTasks[K]['result']> {
    if (this.closed) throw workspaceLocked();
    try {
      return await this.host.call(task, params, options);
    } catch (thrown) {
      const lost = thrown instanceof AttuneError && thrown.code === 'workspace-locked' && !this.closed;
      if (!lost) throw thrown;
    }
    this.reopening ??= this.open().finally(() => (this.reopening = null));
    await this.reopening;
    return this.host.call(task, params, options);
  }

  /** A host that is gone has closed it already. */
  async close(): Promise<void> {
    this.closed = true;
    try {
      await this.host.call('database.close', {});
    } catch (thrown) {
      const gone = thrown instanceof AttuneError && thrown.code.startsWith('host-');
      if (!gone) throw thrown;
    }
  }
}
