/** Rows as lines of JSON, wholly or not at all: the file appears once the last row is in it. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { AttuneError } from '#contract/errors.ts';

const TOLD_EVERY_ROWS = 500;

/** Counts on stderr. @throws AttuneError 'output-not-writable', and what the rows throw */
export async function writeRows(rows: AsyncIterable<object>, output: string): Promise<void> {
  const temporary = `${output}.${process.pid}.part`;
  const out = createWriteStream(temporary);
  // Registered at once: an unwritable folder is told before the first row is read.
  const broken = once(out, 'error').then(([cause]) => {
    throw new AttuneError('output-not-writable', 'The output file could not be written.', { cause });
  });
  let count = 0;
  let failed = 0;
  const write = async (): Promise<void> => {
    for await (const row of rows) {
      count++;
      if ('error' in row) failed++;
      if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain');
      if (count % TOLD_EVERY_ROWS === 0) process.stderr.write(`${count} rows\n`);
    }
    out.end();
    await once(out, 'close');
    await rename(temporary, output);
  };
  try {
    await Promise.race([write(), broken]);
  } catch (error) {
    out.destroy();
    await rm(temporary, { force: true });
    throw error;
  }
  process.stderr.write(`${count} rows, ${failed} of them with an error\n`);
}
