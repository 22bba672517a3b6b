/** Rows as lines of JSON. A file is written wholly or not at all: it appears once the last row is in it. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';

const TOLD_EVERY_ROWS = 500;
/** What was opened before, by its number: it may lead to a file, but it is not that file's name. */
const ALREADY_OPEN = /^\/dev\/(stdout|stderr|fd\/\d+)$|^\/proc\//;

/** Where the rows go, and what is done once the last one is there. */
interface Place {
  /** Written to. */
  path: string;
  flags: 'w' | 'a';
  finish: () => Promise<void>;
  /** After a failure. */
  clear: () => Promise<void>;
}

async function placeFor(output: string): Promise<Place> {
  const found = await stat(output).catch(() => null);
  const nothing = (): Promise<void> => Promise.resolve();
  // A pipe, a device or standard output takes the rows itself, after what a shell has sent there: a file that took its name would destroy it.
  if ((found && !found.isFile()) || ALREADY_OPEN.test(path.resolve(output)))
    return { path: output, flags: 'a', finish: nothing, clear: nothing };
  // Where a link leads is the file, and the link stays.
  const file = await realpath(output).catch(() => output);
  const temporary = `${file}.${process.pid}.part`;
  return {
    path: temporary,
    flags: 'w',
    finish: () => rename(temporary, file).catch(notWritable),
    clear: () => rm(temporary, { force: true }),
  };
}

function notWritable(cause: unknown): never {
  throw new AttuneError('output-not-writable', 'The output file could not be written.', { cause });
}

/** Counts on stderr. @throws AttuneError 'output-not-writable', and what the rows throw */
export async function writeRows(rows: AsyncIterable<object>, output: string): Promise<void> {
  const place = await placeFor(output);
  const out = createWriteStream(place.path, { flags: place.flags });
  // Registered at once: an unwritable folder is told before the first row is read.
  const broken = once(out, 'error').then(([cause]) => notWritable(cause));
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
    await place.finish();
  };
  try {
    await Promise.race([write(), broken]);
  } catch (error) {
    out.destroy();
    await place.clear();
    throw error;
  }
  process.stderr.write(`${count} rows, ${failed} of them with an error\n`);
}
