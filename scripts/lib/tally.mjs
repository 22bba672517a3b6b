// Counting what passed and what failed, over tools that each count in their own way.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { at } from './places.mjs';
import { run, withNode } from './run.mjs';
import { nodeFile } from './places.mjs';

const REPORTS = at('tests/.artifacts/reports');

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** A check that passes or fails as a whole. */
  check(name, passes) {
    const passed = passes();
    this[passed ? 'passed' : 'failed'] += 1;
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
  }

  /** A vitest run; `before` is put in front of the command (xvfb-run, a network of its own). */
  vitest(name, args, { env = {}, before = [] } = {}) {
    console.log(`\n${name}`);
    mkdirSync(REPORTS, { recursive: true });
    const report = `${REPORTS}/${name.replace(/\W+/g, '-')}.json`;
    rmSync(report, { force: true });
    const command = [
      ...before,
      nodeFile(),
      at('node_modules/vitest/vitest.mjs'),
      'run',
      ...args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    const code = run(command[0], command.slice(1), { env: { ...withNode(), ...env } });
    this.add(report, code);
  }

  add(report, code) {
    let failed = 0;
    try {
      const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
      failed = numFailedTests;
      this.passed += numPassedTests;
      this.skipped += numPendingTests;
    } catch {
      // No report: the run itself broke, which counts below.
    }
    // A file that could not be loaded, or a run that broke, has no failed test and still is a failure.
    this.failed += code !== 0 && failed === 0 ? 1 : failed;
  }
}
