import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { faceRow, textRow, voiceRow } from '#contract/files/predict.ts';
import { listManifests } from '#main/platform/weights.ts';
import { ModelsInUse } from '#main/services/analysis/models-in-use.ts';
import { findFile } from '#main/services/prediction/find-file.ts';
import { readLines } from '#main/services/prediction/lines.ts';
import { parseRow, surenessOf, toRow, type Sureness } from '#main/services/prediction/row.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function lines(content: string | Buffer): Promise<(string | null)[]> {
  const file = path.join(folder, 'rows.jsonl');
  writeFileSync(file, content);
  const all = [];
  for await (const line of readLines(file)) all.push(line);
  return all;
}

it('reads lines with any ending, the last one without', async () => {
  const rows = ['{"a":1}', '{"b":2}', '{"c":3}'];
  expect(await lines('{"a":1}\r\n{"b":2}\n{"c":3}')).toEqual(rows);
  expect(await lines('{"a":1}\r{"b":2}\r{"c":3}\r')).toEqual(rows);
});

it('leaves lines out that are empty or white space', async () => {
  expect(await lines('\n{"a":1}\n\n  \t\r\n{"b":2}\n\n')).toEqual(['{"a":1}', '{"b":2}']);
  expect(await lines('')).toEqual([]);
});

it.each([
  ['UTF-8 with a byte-order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 with a byte-order mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 without one', (text: string) => Buffer.from(text, 'utf16le')],
  ['big-endian UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('reads %s', async (_, encode) => {
  const rows = [`{"id":1,"text":"${'é€😀'.repeat(20_000)}"}`, '{"id":2,"text":"plain words in a row"}'];
  expect(await lines(encode(rows.reverse().join('\r\n')))).toEqual(rows);
});

it('gives null for a line too long to hold, and goes on after it', async () => {
  expect(await lines(`a\n${'x'.repeat(9 * 1024 * 1024)}\nb\n`)).toEqual(['a', null, 'b']);
});

it('keeps a character whole that a read cuts in two', async () => {
  const text = `${'a'.repeat(65_535)}é€😀`;
  expect(await lines(`${text}\n`)).toEqual([text]);
});

it('turns what is no row into an error row that keeps the id where there is one', () => {
  const notJson = parseRow('{', textRow);
  expect(notJson.ok ? null : [notJson.failure.id, notJson.failure.error.code]).toEqual([null, 'row-invalid']);
  const noText = parseRow('{"id":"7"}', textRow);
  expect(noText.ok ? null : [noText.failure.id, noText.failure.error.code]).toEqual(['7', 'row-invalid']);
});

describe('a row that is not sure', () => {
  const reading = { fine: {}, labels: [], dimensions: {}, reasons: [] };
  const weak = [0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1];
  const strong = [0.02, 0.9, 0.02, 0.02, 0.02, 0.01, 0.01];
  const rowOf = (probabilities: number[], quality: number) =>
    toRow('x', { ...reading, probabilities, quality }, sureness);
  let sureness: Sureness;
  beforeAll(async () => {
    sureness = surenessOf(new ModelsInUse(await listManifests()));
  });

  it('says so instead of naming a weak favourite', () => {
    expect(rowOf(weak, 1)).toMatchObject({ abstained: true, intensity: 0.7 });
    expect(rowOf(strong, 1).abstained).toBe(false);
  });

  it('says so of material that fusion would not rely on either', async () => {
    const { minimumQuality } = sureness;
    const manifests = await listManifests();
    expect(manifests.find(({ task }) => task === 'fusion')!.settings).toMatchObject({ minimumQuality });
    expect(rowOf(strong, minimumQuality - 0.01).abstained).toBe(true);
    expect(rowOf(strong, minimumQuality).abstained).toBe(false);
  });
});

it('finds a file from the working folder first, then beside the rows', async () => {
  writeFileSync(path.join(folder, 'here.wav'), '');
  expect(await findFile('here.wav', folder)).toBe(path.join(folder, 'here.wav'));
  expect(await findFile('package.json', folder)).toBe('package.json');
  expect(await findFile('nowhere.wav', folder)).toBe('nowhere.wav');
  expect(await findFile('/nowhere.wav', folder)).toBe('/nowhere.wav');
});

describe('what a table has no value for', () => {
  const rowOf = <T extends z.ZodType>(schema: T, row: object | string) => {
    const parsed = parseRow(typeof row === 'string' ? row : JSON.stringify(row), schema);
    return parsed.ok ? parsed.row : parsed.failure;
  };

  it.each([
    [textRow, { language: null, context: null }],
    [textRow, { language: '', context: '' }],
    [voiceRow, { speaker: null }],
    [voiceRow, { speaker: ' ' }],
    [faceRow, { cropped: null }],
  ])('counts as absent, null or empty (%#)', (schema, missing) => {
    const row = { id: 1, text: 'x', path: 'x' };
    expect(rowOf(schema, { ...row, ...missing })).toEqual(rowOf(schema, row));
    expect(rowOf(schema, row)).not.toHaveProperty('error');
  });

  it('may be NaN, as Python writes it, but not inside a text', () => {
    expect(rowOf(voiceRow, '{"id":1,"path":"NaN \\" NaN.wav","speaker":NaN}')).toEqual({
      id: 1,
      path: 'NaN " NaN.wav',
    });
  });

  it('takes a number and its digits for one speaker, 0 and 1 for no and yes', () => {
    const voice = { id: 1, path: 'x' };
    expect(rowOf(voiceRow, { ...voice, speaker: 17 })).toEqual(rowOf(voiceRow, { ...voice, speaker: '17' }));
    expect(rowOf(faceRow, { ...voice, cropped: 1 })).toMatchObject({ cropped: true });
  });

  it('leaves a gap out of what was said before', () => {
    expect(rowOf(textRow, { id: 1, text: 'x', context: [null, 'Hello.'] })).toMatchObject({
      context: ['Hello.'],
    });
  });

  it.each(['und', 'und-Latn', 'undetermined', 'mul', 'auto', 'Auto'])('is no language: %s', (language) => {
    expect(rowOf(textRow, { id: 1, text: 'x', language })).toEqual({ id: 1, text: 'x' });
  });
});
