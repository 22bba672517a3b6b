/**
 * A log that a person can read before sharing it: event names, codes, counts and durations.
 * What is not one of these cannot be written: a text that isn't a plain token becomes "[text]".
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ErrorCode } from '#contract/errors.ts';
import { ERROR_CODES } from '#contract/errors.ts';
import { METHOD_NAMES } from '#contract/methods/table.ts';
import { EXECUTION_PROVIDERS } from '#contract/system/settings.ts';
import { STAGES } from '#contract/analysis/stages.ts';
import { JOB_KINDS, JOB_STATES } from '#contract/jobs/job.ts';

/** Everything that may be logged has a name here. */
export const LOG_EVENTS = [
  'start',
  'stop',
  'window-opened',
  'window-crashed',
  'window-unresponsive',
  'call-failed',
  'request-refused',
  'navigation-refused',
  'permission-refused',
  'settings-damaged',
  'host-started',
  'host-exited',
  'host-restarted',
  'provider-refused',
  'provider-chosen',
  'job-ended',
  'stage-ended',
  'workspace-opened',
  'workspace-locked',
  'workspace-refused',
  'import-cleaned',
  'unexpected-error',
] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];

export interface LogDetail {
  readonly code?: ErrorCode | 'uncaught';
  /** One word of the program's own vocabulary: a method, stage, job state, provider, shell or host name. */
  readonly what?: string;
  readonly count?: number;
  readonly durationMs?: number;
  readonly exitCode?: number;
}

const WORDS = new Set<string>([
  ...ERROR_CODES,
  ...METHOD_NAMES,
  ...EXECUTION_PROVIDERS,
  ...STAGES,
  ...JOB_KINDS,
  ...JOB_STATES,
  ...['electron', 'browser', 'command-line', 'inference', 'database', 'training', 'media', 'uncaught'],
]);

const word = (text: string): string => (WORDS.has(text) ? text : '[text]');
const figure = (value: number): number | null => (Number.isFinite(value) ? Math.round(value) : null);

/** One line of JSON. Exported for the test that tries to get a name through. */
export function logLine(at: Date, event: LogEvent, detail: LogDetail): string {
  const name = (LOG_EVENTS as readonly string[]).includes(event) ? event : '[text]';
  const line: Record<string, string | number | null> = { at: at.toISOString(), event: name };
  if (detail.code !== undefined) line['code'] = word(detail.code);
  if (detail.what !== undefined) line['what'] = word(detail.what);
  if (detail.count !== undefined) line['count'] = figure(detail.count);
  if (detail.durationMs !== undefined) line['durationMs'] = figure(detail.durationMs);
  if (detail.exitCode !== undefined) line['exitCode'] = figure(detail.exitCode);
  return `${JSON.stringify(line)}\n`;
}

const MAX_BYTES = 1024 * 1024;
const KEPT_FILES = 3;

export class Log {
  private readonly file: string;
  private bytes: number;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.file = path.join(folder, 'attune.log');
    this.bytes = sizeOf(this.file);
  }

  /** Synchronous: lines are rare and short, and the last one before a crash is the one that matters. */
  write(event: LogEvent, detail: LogDetail = {}): void {
    const line = logLine(new Date(), event, detail);
    try {
      if (this.bytes + line.length > MAX_BYTES) this.rotate();
      appendFileSync(this.file, line, { mode: 0o600 });
      this.bytes += line.length;
    } catch {
      // A full or read-only disk must not stop the work that is being logged.
    }
  }

  /** attune.log -> attune.1.log -> attune.2.log, the oldest goes. */
  private rotate(): void {
    for (let index = KEPT_FILES - 1; index >= 1; index -= 1) {
      const from = index === 1 ? this.file : this.numbered(index - 1);
      if (sizeOf(from) > 0) renameSync(from, this.numbered(index));
    }
    this.bytes = 0;
  }

  private numbered(index: number): string {
    return this.file.replace(/\.log$/, `.${index}.log`);
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
