/** How often a host may crash before it is left alone for a while. */
export interface RestartLimit {
  crashes: number;
  withinMs: number;
}

export class RestartBudget {
  private readonly limit: RestartLimit;
  private readonly now: () => number;
  private crashTimes: number[] = [];

  constructor(limit: RestartLimit, now: () => number = () => performance.now()) {
    this.limit = limit;
    this.now = now;
  }

  crashed(): void {
    this.crashTimes.push(this.now());
  }

  /** True while the last `withinMs` saw `crashes` crashes. */
  get exhausted(): boolean {
    const since = this.now() - this.limit.withinMs;
    this.crashTimes = this.crashTimes.filter((time) => time > since);
    return this.crashTimes.length >= this.limit.crashes;
  }
}
