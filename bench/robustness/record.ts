/** docs/models/robustness.json: what today's weights make of each condition, and what the weights before the work on robustness made of it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from './condition.ts';

export interface Run {
  /** `id@version` and the beginning of its first file's SHA-256. */
  readonly weights: readonly string[];
  readonly outcomes: readonly Outcome[];
}

export interface Record {
  readonly before: Run;
  readonly now: Run;
}

/** The first run ever is kept as `before`; delete the file to begin anew. */
export function recorded(file: string, now: Run): Record {
  const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record) : null;
  const record = { before: earlier?.before ?? now, now };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}
