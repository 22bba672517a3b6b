/** The texts that a list shows, in pages: what was looked at last stays, the rest is asked for when it comes into sight. */
import { SvelteMap } from 'svelte/reactivity';
import type { TextItem } from '#contract/texts/collection.ts';
import type { ItemPlace } from '#contract/texts/query.ts';

const PAGE = 100;
const MOST_PAGES = 40;

type Ask = (place: ItemPlace) => Promise<{ total: number; items: TextItem[] } | undefined>;

export class TextPages {
  total = $state(0);
  /** Before the first answer it is not known whether there are any. */
  answered = $state(false);
  readonly #pages = new SvelteMap<number, readonly TextItem[]>();
  /** Pages on their way. */
  #asked: readonly number[] = [];
  /** What is held answers the question before; it goes with the first answer to this one. */
  #outdated = false;
  readonly #ask: Ask;
  /** Answers to an older question are not shown. */
  #round = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  at(index: number): TextItem | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Half open. */
  show(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, this.total); page++)
      if (!this.#pages.has(page)) void this.#load(page);
  }

  /** Another question: what is shown stays until the first answer is there. */
  async restart(): Promise<void> {
    this.#outdated = true;
    await this.#again([0]);
  }

  /** The same texts, which may be read by now; pages still on their way are asked for again with them. */
  async refresh(): Promise<void> {
    const held = this.#outdated ? [] : this.#pages.keys();
    await this.#again([0, ...held, ...this.#asked]);
  }

  async #again(pages: readonly number[]): Promise<void> {
    this.#round++;
    this.#asked = [];
    await Promise.all(pages.map((page) => this.#load(page)));
  }

  async #load(page: number): Promise<void> {
    if (this.#asked.includes(page)) return;
    this.#asked = [...this.#asked, page];
    const round = this.#round;
    const answer = await this.#ask({ offset: page * PAGE, limit: PAGE });
    if (round !== this.#round) return;
    this.#asked = this.#asked.filter((asked) => asked !== page);
    if (answer === undefined) return;
    if (this.#outdated) this.#pages.clear();
    this.#outdated = false;
    this.answered = true;
    this.total = answer.total;
    this.#pages.set(page, answer.items);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      if (oldest !== page) this.#pages.delete(oldest);
    }
  }
}
