/** `attune evaluate` from a made-up copy of the research data to the page, with the real hosts and the shipped weights. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVALUATION_TASKS, evaluationResults, figureId } from '#main/services/evaluation/figure.ts';
import type { EvaluationResults } from '#main/services/evaluation/figure.ts';
import { makeFaces, makeSpeech, makeTexts } from '../fixtures/research-data.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'attune-evaluate-'));
const data = path.join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number;
  stderr: string;
}

const attune = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, ATTUNE_HOME: path.join(folder, 'home') };
    execFile(
      process.execPath,
      [path.join(root, 'main/cli.ts'), ...args],
      { env, cwd: folder },
      (error, _, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stderr }),
    );
  });

const results = (file: string): EvaluationResults =>
  evaluationResults.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));

const unpacks = spawnSync('xz', ['--version']).status === 0;

describe.skipIf(!unpacks)('evaluate (needs tar and xz)', () => {
  let first: Ended;
  beforeAll(async () => {
    makeTexts(path.join(data, 'text'));
    execFileSync('tar', ['-cJf', path.join(data, 'text.tar.xz'), '-C', data, 'text']);
    rmSync(path.join(data, 'text'), { recursive: true });
    makeSpeech(data);
    await makeFaces(data);
    first = await attune('evaluate', '--shared', folder, '--out', 'all/RESULTS.md', '--quick');
  }, 600_000);

  it('measures every task in one run, and says how far it is', () => {
    expect(first.stderr).toContain('text: GoEmotions, dev …');
    expect(first.code).toBe(0);
    expect(results('all/results.json').sections.map((s) => s.task)).toEqual([...EVALUATION_TASKS]);
  });

  it('gives every figure a number of rows, an interval around it, and a name of its own', () => {
    const figures = results('all/results.json').sections.flatMap((s) => s.figures);
    expect(new Set(figures.map(figureId)).size).toBe(figures.length);
    for (const { n, units } of figures) expect(n).toBeGreaterThanOrEqual(units.count);
    // A mean lies within its interval; of an F1 or a recall of rare classes the draws may lie to one side.
    const means = figures.filter(
      (f) => /^(accuracy|share)[^]*(?<!100 %)$/.test(f.metric) && f.command === undefined,
    );
    expect(means.length).toBeGreaterThan(10);
    for (const { value, low, high } of means.filter((f) => f.value !== null)) {
      expect(low).toBeLessThanOrEqual(value!);
      expect(high).toBeGreaterThanOrEqual(value!);
    }
  });

  it('says of what it measured whether the weights saw it, and that it was a quick run', () => {
    const page = readFileSync(path.join(folder, 'all/RESULTS.md'), 'utf8');
    expect(page).toContain('A quick run on samples');
    expect(page).toMatch(/GoEmotions \| own test \|.*held out/);
    expect(page).toContain('no face found in 1');
  });

  it('gives the same figures again, and leaves the other tasks as they were', async () => {
    const before = results('all/results.json');
    const { code } = await attune(
      'evaluate',
      'face',
      '--shared',
      folder,
      '--out',
      'all/RESULTS.md',
      '--quick',
    );
    expect(code).toBe(0);
    expect(results('all/results.json')).toEqual(before);
  });

  it('says clearly that the data is not here', async () => {
    const { code, stderr } = await attune('evaluate', '--shared', 'nowhere', '--out', 'none/RESULTS.md');
    expect(code).toBe(1);
    expect(stderr).toContain('[file-not-found]');
    expect(stderr).toContain('--shared');
  });

  it('refuses a task that there is none of, and a quick run over the real pages', async () => {
    expect((await attune('evaluate', 'smell')).code).toBe(2);
    expect((await attune('evaluate', '--quick', '--shared', folder)).code).toBe(2);
  });
});
