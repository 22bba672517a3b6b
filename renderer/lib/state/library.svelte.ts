/** The list of sessions, and what brings recordings in. */
import type { SessionSummary } from '#contract/library/entities.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import type { Toasts } from './toasts.svelte.ts';

export class LibraryState {
  sessions: readonly SessionSummary[] = $state.raw([]);
  query = $state('');
  loaded = $state(false);
  /** Files on their way in, before their jobs exist. */
  uploading = $state(0);
  readonly #api: AttuneApi;
  readonly #toasts: Toasts;
  #asked = 0;

  constructor(api: AttuneApi, toasts: Toasts) {
    this.#api = api;
    this.#toasts = toasts;
  }

  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    const answer = await this.#toasts.attempt(() => this.#api.call('library.list', { query: this.query }));
    // A slower answer to an older question is not shown.
    if (answer === undefined || asked !== this.#asked) return;
    this.sessions = answer.sessions;
    this.loaded = true;
  }

  async search(query: string): Promise<void> {
    this.query = query;
    await this.refresh();
  }

  async importFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.uploading += files.length;
    await this.#toasts.attempt(async () => {
      const sources: ImportSource[] = [];
      for (const file of files) sources.push(await this.#api.sourceOf(file));
      await this.#import(sources);
    });
    this.uploading -= files.length;
  }

  /** The system's own file dialog, where there is one. */
  async chooseFiles(): Promise<void> {
    await this.#toasts.attempt(async () => {
      const { paths } = await this.#api.call('library.chooseFiles', {});
      await this.#import(paths.map((path) => ({ kind: 'path', path })));
    });
  }

  async #import(sources: ImportSource[]): Promise<void> {
    if (sources.length > 0) await this.#api.call('library.import', { sources, analyse: true });
  }

  async addSample(): Promise<void> {
    await this.#toasts.attempt(() => this.#api.call('library.addSample', {}));
  }

  async rename(sessionId: string, title: string, participant: string | null): Promise<void> {
    await this.#toasts.attempt(() => this.#api.call('library.rename', { sessionId, title, participant }));
    await this.refresh();
  }

  async remove(sessionId: string): Promise<boolean> {
    const done = await this.#toasts.attempt(() => this.#api.call('library.remove', { sessionId }));
    await this.refresh();
    return done !== undefined;
  }
}
