/** What a page of ours may load: itself, and nothing else. The same policy in every shell. */

export interface PolicySources {
  /** Where recordings play from, besides the page's own origin, e.g. "attune-media:". */
  readonly media: readonly string[];
  /** Where the page may connect to, besides its own origin, e.g. "ws://127.0.0.1:4000". */
  readonly connect: readonly string[];
}

/** Value of the Content-Security-Policy header. */
export function contentPolicy(sources: PolicySources): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    // Positions and sizes are style attributes; they load nothing, as img-src below is closed.
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'media-src': ["'self'", 'blob:', ...sources.media],
    'connect-src': ["'self'", ...sources.connect],
    'worker-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    // Svelte's own policy, for its compiled templates.
    'trusted-types': ['svelte-trusted-html'],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/** Headers of every answer that a page of ours is made of. */
export const securityHeaders = (policy: string): Record<string, string> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(self), microphone=(self), geolocation=(), display-capture=(), usb=(), serial=()',
});
