import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analysisResult } from '#contract/analysis/result.ts';
import { AttuneError } from '#contract/errors.ts';
import { CSV_COLUMNS, toCsv } from '#main/services/export/csv.ts';
import { summaryText } from '#main/services/export/summary-text.ts';
import { writeResults } from '#main/services/export/write-results.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';

const result = makeAnalysisResult({ durationMs: 60_000, seed: 5 });

describe('CSV', () => {
  it('has one row a fused span, each with every column', () => {
    const rows = toCsv(result).trimEnd().split('\r\n');
    expect(rows).toHaveLength(result.fused.length + 1);
    expect(rows[0]).toBe(`\uFEFF${CSV_COLUMNS.join(',')}`);
  });

  it('lets no transcript become a formula, and quotes what needs it', () => {
    const [first, ...rest] = result.transcript.utterances;
    const hostile = {
      ...result,
      transcript: { ...result.transcript, utterances: [{ ...first!, text: '=HYPERLINK("x"),\n1' }, ...rest] },
    };
    expect(toCsv(hostile)).toContain(`"'=HYPERLINK(""x""),\n1"`);
  });

  it('never names a category that the fusion is not sure of', () => {
    const unsure = { ...result, fused: result.fused.map((f) => ({ ...f, abstained: true })) };
    const column = CSV_COLUMNS.indexOf('reads_as');
    const quoted = /"(?:[^"]|"")*"/g;
    for (const row of toCsv(unsure).trimEnd().split('\r\n').slice(1))
      expect(row.replace(quoted, 'text').split(',')[column]).toBe('');
  });
});

it('ends the summary with what Attune does not do', () => {
  expect(summaryText(result)).toContain('It does not diagnose.');
});

describe('files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'attune-export-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('hold exactly the result, also under the longest name a file can have', async () => {
    const name = `${'ü'.repeat(125)}.wav`;
    const [json] = await writeResults({ ...result, source: { ...result.source, name } }, folder);
    expect(analysisResult.parse(JSON.parse(readFileSync(json!, 'utf8'))).fused).toEqual(result.fused);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('are refused with a code where nothing can be written, and nothing is left', async () => {
    const file = path.join(folder, 'occupied');
    writeFileSync(file, 'mine');
    await expect(writeResults(result, path.join(file, 'below'))).rejects.toBeInstanceOf(AttuneError);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});
