/** Which moment's readings are being explained in an open session, and what came of it. */
import { SvelteMap } from 'svelte/reactivity';
import type { Category } from '#contract/emotion/categories.ts';
import { toErrorData, type ErrorData } from '#contract/errors.ts';
import type { Explanation, ExplainRequest, TextExplanation } from '#contract/explanation/explanation.ts';
import type { AttuneApi } from '#contract/methods/api.ts';

export type ExplanationState =
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly explanation: Explanation }
  | { readonly status: 'failed'; readonly error: ErrorData };

const keyOf = (request: ExplainRequest): string => JSON.stringify(request);

export class Explanations {
  /** What the person asked to have explained; empty: nothing. */
  opened: readonly ExplainRequest[] = $state.raw([]);
  /** The category that effects are shown for; null: the one that each modality reads. */
  category: Category | null = $state(null);
  readonly #states = new SvelteMap<string, ExplanationState>();
  readonly #api: AttuneApi;

  constructor(api: AttuneApi) {
    this.#api = api;
  }

  stateOf(request: ExplainRequest): ExplanationState | undefined {
    return this.#states.get(keyOf(request));
  }

  open(requests: readonly ExplainRequest[]): void {
    this.opened = requests;
    for (const request of requests) void this.ask(request);
  }

  close(): void {
    this.opened = [];
  }

  /** Asks unless it was answered or is being answered. */
  async ask(request: ExplainRequest): Promise<void> {
    const known = this.stateOf(request);
    if (known && known.status !== 'failed') return;
    const key = keyOf(request);
    this.#states.set(key, { status: 'running' });
    try {
      const explanation = await this.#api.call('analysis.explain', request);
      this.#states.set(key, { status: 'done', explanation });
    } catch (thrown) {
      this.#states.set(key, { status: 'failed', error: toErrorData(thrown) });
    }
  }

  /** The words of an utterance, where they are being explained and known. */
  wordsOf(utteranceId: string): TextExplanation | null {
    const request = this.opened.find((each) => each.modality === 'text' && each.utteranceId === utteranceId);
    const state = request && this.stateOf(request);
    return state?.status === 'done' && state.explanation.modality === 'text' ? state.explanation : null;
  }

  /** Another result: what was explained is no longer what is shown. */
  forget(): void {
    this.close();
    this.#states.clear();
  }
}
