/** Where a host's program lies: its source in development, its bundle in a build. The only place that knows. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type HostName = 'inference' | 'database' | 'training';

export function hostEntry(name: HostName): string {
  const self = fileURLToPath(import.meta.url);
  const folder = dirname(self);
  if (self.endsWith('.ts')) return join(folder, name, 'entry.ts');
  // The bundler may put this module into a chunk folder below the entries.
  const beside = join(folder, `${name}-host.js`);
  return existsSync(beside) ? beside : join(dirname(folder), `${name}-host.js`);
}
