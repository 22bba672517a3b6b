import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#contract/errors.ts';
import { METHOD_NAMES } from '#contract/methods/table.ts';
import { Log, logLine } from '#main/platform/log.ts';
import type { LogDetail, LogEvent } from '#main/platform/log.ts';

const PERSONAL = [
  'Erika Mustermann.mp4',
  '/home/erika/Sitzung 3.wav',
  'C:\\Users\\erika\\call.wav',
  'I have not slept since Monday',
  'Erika',
  '3f2a9c',
  '我昨天很难过',
];

describe('the log', () => {
  it.each(PERSONAL)('cannot be made to hold %j', (text) => {
    const tries: [LogEvent, LogDetail][] = [
      ['call-failed', { what: text }],
      ['call-failed', { code: text as never }],
      [text as LogEvent, {}],
      ['call-failed', { [text]: text }],
      ['call-failed', { count: text as never }],
      ['call-failed', { what: { toString: () => text } as never }],
    ];
    for (const [event, detail] of tries) expect(logLine(new Date(0), event, detail)).not.toContain(text);
  });

  it('holds codes, methods, counts and durations as they are', () => {
    for (const code of ERROR_CODES) expect(logLine(new Date(0), 'call-failed', { code })).toContain(code);
    for (const what of METHOD_NAMES) expect(logLine(new Date(0), 'call-failed', { what })).toContain(what);
    expect(JSON.parse(logLine(new Date(0), 'job-ended', { count: 3, durationMs: 12.6 }))).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      event: 'job-ended',
      count: 3,
      durationMs: 13,
    });
  });

  describe('on disk', () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'attune-log-'))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('rotates and keeps three files of one megabyte at most', () => {
      const log = new Log(folder);
      const line = logLine(new Date(), 'call-failed', {
        code: 'media-not-recognised',
        what: 'analysis.start',
      });
      for (let written = 0; written < 5 * 2 ** 20; written += line.length)
        log.write('call-failed', { code: 'media-not-recognised', what: 'analysis.start' });
      expect(readdirSync(folder).sort()).toEqual(['attune.1.log', 'attune.2.log', 'attune.log']);
      for (const name of readdirSync(folder))
        expect(readFileSync(path.join(folder, name)).length).toBeLessThanOrEqual(2 ** 20);
    });

    it('goes on where an earlier run stopped', () => {
      new Log(folder).write('start');
      new Log(folder).write('stop');
      expect(readFileSync(path.join(folder, 'attune.log'), 'utf8').trim().split('\n')).toHaveLength(2);
    });
  });
});
