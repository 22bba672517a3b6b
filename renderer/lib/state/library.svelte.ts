/** The list of sessions, and what brings recordings in. */
import type { Job } from '#contract/jobs/job.ts';
import type { SessionSummary } from '#contract/library/entities.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import { namesTexts, type TextsPreview } from '#contract/texts/preview.ts';
import type { Toasts } from './toasts.svelte.ts';

export class LibraryState {
  sessions: readonly SessionSummary[] = $state.raw([]);
  query = $state('');
  loaded = $state(false);
  /** Files on their way in, before their jobs exist. */
  uploading = $state(0);
  /** Files of texts whose columns the person is asked about, one after the other. */
  bringing: readonly (ImportSource | TextsPreview)[] = $state.raw([]);
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

  /** The name that the person gave, once there is a session in the list; until then the file's. */
  titleOf(job: Job): string {
    return this.sessions.find(({ id }) => id === job.sessionId)?.title ?? job.title;
  }

  async search(query: string): Promise<void> {
    this.query = query;
    await this.refresh();
  }

  async importFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.uploading += files.length;
    const sources: ImportSource[] = [];
    // One that can't be brought in is told by its name, and the others still come in.
    for (const file of files) {
      const source = await this.#toasts.attempt(() => this.#api.sourceOf(file), file.name);
      if (source) sources.push(source);
    }
    await this.#toasts.attempt(() => this.#import(sources));
    this.uploading -= files.length;
  }

  /** The system's own file dialog, where there is one. */
  async chooseFiles(): Promise<void> {
    await this.#toasts.attempt(async () => {
      const { paths } = await this.#api.call('library.chooseFiles', {});
      await this.#import(paths.map((path) => ({ kind: 'path', path })));
    });
  }

  /** A file of texts that main has looked at already: it was named when Attune started. */
  offer(preview: TextsPreview): void {
    this.bringing = [...this.bringing, preview];
  }

  /** The first file of texts was brought in, or not. */
  brought(): void {
    this.bringing = this.bringing.slice(1);
  }

  async #import(sources: ImportSource[]): Promise<void> {
    const recordings = sources.filter((source) => !holdsTexts(source));
    this.bringing = [...this.bringing, ...sources.filter(holdsTexts)];
    if (recordings.length > 0) await this.#api.call('library.import', { sources: recordings, analyse: true });
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

const holdsTexts = (source: ImportSource): boolean =>
  namesTexts(source.kind === 'path' ? source.path : source.name);
