/** Lets at most one call through per interval; the last one always gets through. */
export class Throttle {
  private readonly intervalMs: number;
  private readonly run: () => void;
  private timer: NodeJS.Timeout | null = null;
  private lastAt = -Infinity;

  constructor(intervalMs: number, run: () => void) {
    this.intervalMs = intervalMs;
    this.run = run;
  }

  /** Runs now or, when it ran a moment ago, at the end of the interval. */
  request(): void {
    if (this.timer !== null) return;
    const waitMs = this.lastAt + this.intervalMs - performance.now();
    if (waitMs <= 0) this.flush();
    else this.timer = setTimeout(() => this.flush(), waitMs);
  }

  /** Runs at once. */
  flush(): void {
    this.cancel();
    this.lastAt = performance.now();
    this.run();
  }

  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
