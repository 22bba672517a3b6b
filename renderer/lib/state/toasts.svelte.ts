/** Short messages: what happened, what was kept, what to do. Errors and offers stay until they are answered; the rest go by themselves. */
import { i18n } from '../i18n/index.svelte.ts';
import { toErrorData, type ErrorData } from '#contract/errors.ts';

/** What can be done about it, with one press. */
export interface Offer {
  /** By which it is withdrawn. */
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
  /** The file or session that it is about, where the person could not tell. */
  readonly about?: string | undefined;
  readonly kept?: string | undefined;
  readonly remedy?: string | undefined;
  readonly offer?: Offer | undefined;
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

  offer(text: string, offer: Offer): void {
    this.#add({ tone: 'info', text, offer });
  }

  /** It was done, in this way or another. */
  withdraw(offerId: string): void {
    this.list = this.list.filter(({ offer }) => offer?.id !== offerId);
  }

  error(error: ErrorData, about?: string): void {
    const { message, kept, remedy } = i18n.m.error(error);
    this.#add({ tone: 'error', about, text: message, kept, remedy });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  clear(): void {
    this.list = [];
  }

  /** Runs what answers at once; what it throws is shown. */
  try(action: () => void): void {
    try {
      action();
    } catch (thrown) {
      this.error(toErrorData(thrown));
    }
  }

  /** Runs an action; what it throws is shown, except that the person cancelled it. Returns undefined then. */
  async attempt<T>(action: () => Promise<T>, about?: string): Promise<T | undefined> {
    try {
      return await action();
    } catch (thrown) {
      const error = toErrorData(thrown);
      if (error.code !== 'cancelled') this.error(error, about);
      return undefined;
    }
  }
}
