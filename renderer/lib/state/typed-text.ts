/** Keys become edits a few times a second: soon enough that a crash takes a moment's typing at most, seldom enough for the log. */
export const COMMIT_MS = 300;

export class TypedText {
  readonly #put: (utteranceId: string, text: string, group: string) => void;
  #waiting: { utteranceId: string; text: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** One burst of typing in one utterance: it is undone together. */
  #burst: { utteranceId: string; group: string } | null = null;

  constructor(put: (utteranceId: string, text: string, group: string) => void) {
    this.#put = put;
  }

  get waiting(): boolean {
    return this.#waiting !== null;
  }

  type(utteranceId: string, text: string): void {
    if (this.#waiting && this.#waiting.utteranceId !== utteranceId) this.commit();
    this.#waiting = { utteranceId, text };
    this.#timer ??= setTimeout(() => this.commit(), COMMIT_MS);
  }

  commit(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) return;
    if (this.#burst?.utteranceId !== waiting.utteranceId)
      this.#burst = { utteranceId: waiting.utteranceId, group: newId() };
    this.#put(waiting.utteranceId, waiting.text, this.#burst.group);
  }

  endBurst(): void {
    this.#burst = null;
  }
}

/** 96 random bits. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
