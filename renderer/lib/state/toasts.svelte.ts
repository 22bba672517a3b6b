/** Short messages: what happened, what was kept, what to do. Errors stay until dismissed; the rest go by themselves. */
import { toErrorData, type ErrorData } from '#contract/errors.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
  readonly kept?: string | undefined;
  readonly remedy?: string | undefined;
}

const INFO_MS = 5000;
const MOST = 4;

export class Toasts {
  list: readonly Toast[] = $state.raw([]);
  #next = 1;

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    this.list = [...this.list, { ...toast, id }].slice(-MOST);
    return id;
  }

  info(text: string): void {
    const id = this.#add({ tone: 'info', text });
    setTimeout(() => this.dismiss(id), INFO_MS);
  }

  error(error: ErrorData): void {
    this.#add({ tone: 'error', text: error.message, kept: error.kept, remedy: error.remedy });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Runs an action; what it throws is shown, except that the person cancelled it. Returns undefined then. */
  async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (thrown) {
      const error = toErrorData(thrown);
      if (error.code !== 'cancelled') this.error(error);
      return undefined;
    }
  }
}
