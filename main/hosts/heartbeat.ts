/**
 * Notices a host that hangs. It counts unanswered pings, not seconds, so a machine that slept is not mistaken for a hung host;
 * and one answer forgives everything, so a long native call is fine as long as it ends within `everyMs * missed`.
 */
export interface HeartbeatOptions {
  everyMs: number;
  missed: number;
}

export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private unanswered = 0;

  constructor(options: HeartbeatOptions, ping: () => void, onSilence: () => void) {
    this.timer = setInterval(() => {
      if (this.unanswered >= options.missed) {
        this.stop();
        onSilence();
        return;
      }
      this.unanswered += 1;
      ping();
    }, options.everyMs);
    this.timer.unref();
  }

  /** Anything heard from the host. */
  heard(): void {
    this.unanswered = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
