/** Who may talk to the loopback server: the browser that was opened with the one-time token, and pages it got from us. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const TOKEN_LIFETIME_MS = 10 * 60_000;

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export class Access {
  private readonly port: number;
  private readonly cookieName: string;
  private readonly tokens = new Map<string, number>();
  private readonly sessions = new Set<string>();
  private readonly now: () => number;

  constructor(port: number, now: () => number = Date.now) {
    this.port = port;
    // Cookies don't tell ports apart, so the name does: two Attunes at once don't log each other out.
    this.cookieName = `attune-${port}`;
    this.now = now;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** An address that opens one browser session; it dies with its first use or after ten minutes. */
  newAddress(): string {
    const token = randomBytes(32).toString('base64url');
    this.tokens.set(token, this.now() + TOKEN_LIFETIME_MS);
    return `${this.origin}/?token=${token}`;
  }

  /** The Set-Cookie value of a new session, or null when the token is unknown, used or too old. */
  redeem(token: string): string | null {
    const known = [...this.tokens.keys()].find((candidate) => same(candidate, token));
    if (known === undefined) return null;
    const expires = this.tokens.get(known) ?? 0;
    this.tokens.delete(known);
    if (expires < this.now()) return null;
    const session = randomBytes(32).toString('base64url');
    this.sessions.add(session);
    return `${this.cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** A page elsewhere reaches us only under another name (rebinding) or with another origin; both are refused. */
  isOurs(request: IncomingMessage): boolean {
    const { host, origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    return (
      host === `127.0.0.1:${this.port}` &&
      (origin === undefined || origin === this.origin) &&
      (site === undefined || site === 'same-origin' || site === 'none')
    );
  }

  /** A request that changes something or listens has to say where it comes from; browsers always do. */
  saysOrigin(request: IncomingMessage): boolean {
    return request.headers.origin === this.origin;
  }

  hasSession(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const value = cookies
      .find((pair) => pair.startsWith(`${this.cookieName}=`))
      ?.slice(this.cookieName.length + 1);
    return value !== undefined && [...this.sessions].some((session) => same(session, value));
  }
}
