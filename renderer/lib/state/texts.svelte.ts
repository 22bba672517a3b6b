/** One open session of texts: what is asked of it, and the answers. */
import { createContext } from 'svelte';
import type { TextCollection, TextItem } from '#contract/texts/collection.ts';
import {
  EVERY_TEXT,
  type GroupKind,
  type GroupOrder,
  type TextAggregate,
  type TextFilter,
  type TextGroup,
  type TextTrend,
} from '#contract/texts/query.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import { TextPages } from './text-pages.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

export const TEXT_TABS = ['text', 'all', 'author', 'topic'] as const;
export type TextTab = (typeof TEXT_TABS)[number];

const GROUPS_AT_FIRST = 200;
const EXPORT_PART = 1000;

export class TextsState {
  readonly sessionId: string;
  readonly pages: TextPages;
  collection: TextCollection | null = $state.raw(null);
  filter: TextFilter = $state.raw(EVERY_TEXT);
  /** Names of the author and topic that the filter is about. */
  names: Record<GroupKind, string | null> = $state.raw({ author: null, topic: null });
  summary: TextAggregate | null = $state.raw(null);
  trend: TextTrend | null = $state.raw(null);
  groups: { total: number; groups: readonly TextGroup[] } | null = $state.raw(null);
  order: GroupOrder = $state('count');
  descending = $state(true);
  groupLimit = $state(GROUPS_AT_FIRST);
  tab: TextTab = $state('all');
  /** Place in the list. */
  current = $state(0);
  readonly item: TextItem | undefined = $derived.by(() => this.pages.at(this.current));
  readonly #api: AttuneApi;
  readonly #toasts: Toasts;
  #asked = 0;

  constructor(sessionId: string, api: AttuneApi, toasts: Toasts) {
    this.sessionId = sessionId;
    this.#api = api;
    this.#toasts = toasts;
    this.pages = new TextPages((place) =>
      toasts.attempt(() => api.call('texts.items', { sessionId, filter: this.filter, place })),
    );
  }

  async load(): Promise<void> {
    await Promise.all([this.pages.restart(), this.#figures()]);
  }

  /** More of the texts are read by now. */
  async refresh(): Promise<void> {
    await Promise.all([this.pages.refresh(), this.#figures()]);
  }

  async ask(
    change: Partial<TextFilter>,
    names: Partial<Record<GroupKind, string | null>> = {},
  ): Promise<void> {
    this.filter = { ...this.filter, ...change };
    this.names = { ...this.names, ...names };
    this.current = 0;
    await this.load();
  }

  async show(tab: TextTab): Promise<void> {
    this.tab = tab;
    this.groupLimit = GROUPS_AT_FIRST;
    this.groups = null;
    await this.#loadGroups(this.#asked);
  }

  /** By the same figure again: the other way round. Figures begin with the highest, names with A. */
  async sort(order: GroupOrder): Promise<void> {
    this.descending = order === this.order ? !this.descending : order !== 'name';
    this.order = order;
    await this.#loadGroups(this.#asked);
  }

  async moreGroups(): Promise<void> {
    this.groupLimit = 1000;
    await this.#loadGroups(this.#asked);
  }

  choose(index: number): void {
    this.current = Math.min(Math.max(0, index), Math.max(0, this.pages.total - 1));
    this.pages.show(this.current, this.current + 1);
  }

  /** Reads on. */
  async read(): Promise<void> {
    await this.#toasts.attempt(() => this.#api.call('texts.read', { sessionId: this.sessionId }));
  }

  /** The texts that the filter leaves, as parts of a CSV file; null when that failed. */
  async csv(): Promise<Blob | null> {
    const parts: string[] = [];
    for (let offset = 0, more = true; more; offset += EXPORT_PART) {
      const place = { offset, limit: EXPORT_PART };
      const asked = { sessionId: this.sessionId, filter: this.filter, place };
      const part = await this.#toasts.attempt(() => this.#api.call('texts.csv', asked));
      if (!part) return null;
      parts.push(part.text);
      more = part.more;
    }
    return new Blob(parts, { type: 'text/csv' });
  }

  async #figures(): Promise<void> {
    const asked = ++this.#asked;
    const about = { sessionId: this.sessionId, filter: this.filter };
    const answers = await this.#toasts.attempt(() =>
      Promise.all([
        this.#api.call('texts.collection', { sessionId: this.sessionId }),
        this.#api.call('texts.summary', about),
        this.#api.call('texts.trend', about),
      ]),
    );
    if (!answers || asked !== this.#asked) return;
    [this.collection, this.summary, this.trend] = answers;
    await this.#loadGroups(asked);
  }

  async #loadGroups(asked: number): Promise<void> {
    const by = this.tab;
    if (by !== 'author' && by !== 'topic') return;
    const { sessionId, filter, order, descending, groupLimit: limit } = this;
    const answer = await this.#toasts.attempt(() =>
      this.#api.call('texts.groups', { sessionId, filter, by, order, descending, limit }),
    );
    if (answer && asked === this.#asked && by === this.tab) this.groups = answer;
  }
}

export const [getTexts, setTexts] = createContext<TextsState>();
