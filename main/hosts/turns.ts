/** Calls take turns, first come first served: two at once would only double the memory. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` after all before it; whoever was cancelled while waiting is not run. */
  take<R>(signal: AbortSignal, work: () => R | Promise<R>): Promise<R> {
    const turn = this.last.then(() => {
      signal.throwIfAborted();
      return work();
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
