/** SQLite's errors as coded ones. */
import { AttuneError } from '#contract/errors.ts';
import Database from 'better-sqlite3-multiple-ciphers';

/** Runs `work`; what SQLite throws comes out with a code where there is one. */
export function coded<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw thrown instanceof Database.SqliteError ? fromSqlite(thrown) : thrown;
  }
}

function fromSqlite(error: Error & { readonly code: string }): Error {
  const code = error.code;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return databaseDamaged(error);
  if (code === 'SQLITE_FULL')
    return new AttuneError('disk-full', 'The disk is full.', {
      kept: 'Everything stored before is still there; what was being written was taken back.',
      remedy: 'Free some space and try again.',
      cause: error,
    });
  if (code.startsWith('SQLITE_BUSY'))
    return new AttuneError('workspace-in-use', 'Another Attune has this workspace open.', {
      kept: 'Nothing was changed.',
      remedy: 'Close it there first.',
      cause: error,
    });
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN'))
    return new AttuneError('output-not-writable', "The workspace's database can't be written to.", {
      kept: 'Everything stored before is still there.',
      remedy: 'Check the rights of the folder, and whether its disk is read-only.',
      cause: error,
    });
  return error;
}

export const databaseDamaged = (cause?: unknown): AttuneError =>
  new AttuneError(
    'workspace-damaged',
    "The workspace's database is damaged, or belongs to another workspace.",
    {
      kept: 'Nothing was overwritten.',
      remedy: 'Restore workspace.db from a backup; keep the damaged file until then.',
      cause,
    },
  );

export const recordNotFound = (what: string): AttuneError =>
  new AttuneError('record-not-found', `That ${what} is not in the library any more.`, {
    kept: 'Nothing was changed.',
  });
