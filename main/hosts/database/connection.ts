/** Opening the encrypted database so that nothing is written before everything is proven. */
import { existsSync, statSync } from 'node:fs';
import { AttuneError } from '#contract/errors.ts';
import Database from 'better-sqlite3-multiple-ciphers';
import { coded, databaseDamaged } from './errors.ts';
import { DATABASE_VERSION, migrate } from './migrations/all.ts';
import { addTextSearch } from './repositories/text-filter.ts';

export type Connection = Database;

/** The whole file is at least one page; SQLite would take an empty one for a new database. */
const MIN_FILE_BYTES = 4096;

/** Throws 'workspace-exists' when there is a file already. */
export function createDatabase(path: string, key: Uint8Array): Connection {
  if (existsSync(path))
    throw new AttuneError('workspace-exists', 'There is a database already.', {
      kept: 'Nothing was changed.',
    });
  return coded(() => {
    const db = writable(path, key, false);
    migrate(db, 0);
    return db;
  });
}

/** Throws 'workspace-damaged', 'workspace-from-future' or 'workspace-in-use', with the file as it was. */
export function openDatabase(path: string, key: Uint8Array): { db: Connection; migratedFrom: number } {
  if (!existsSync(path) || statSync(path).size < MIN_FILE_BYTES) throw databaseDamaged();
  return coded(() => {
    const version = prove(path, key);
    const db = writable(path, key, true);
    try {
      migrate(db, version);
    } catch (thrown) {
      db.close();
      throw thrown;
    }
    return { db, migratedFrom: version };
  });
}

/**
 * Key, version and every page, over a connection that can't write: with a wrong key a writing one might take the
 * write-ahead log for rubbish and drop what was committed in it.
 */
function prove(path: string, key: Uint8Array): number {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 500 });
  try {
    unlock(db, key);
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > DATABASE_VERSION) throw fromFuture();
    if (version < 1 || db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw databaseDamaged();
    return version;
  } finally {
    db.close();
  }
}

function writable(path: string, key: Uint8Array, mustExist: boolean): Connection {
  const db = new Database(path, { fileMustExist: mustExist, timeout: 500 });
  try {
    unlock(db, key);
    // One process has it, by a lock that the system takes back when that process dies.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    // Nothing decrypted in temporary files.
    db.pragma('temp_store = MEMORY');
    // In KiB: the numbers of 100,000 texts, which are asked for again and again, are decrypted once.
    db.pragma('cache_size = -32768');
    db.pragma('trusted_schema = OFF');
    addTextSearch(db);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

function unlock(db: Connection, key: Uint8Array): void {
  db.pragma("cipher = 'chacha20'");
  // "raw:" keeps the cipher from deriving a key from our key.
  const raw = Buffer.concat([Buffer.from('raw:', 'latin1'), key]);
  db.key(raw);
  raw.fill(0);
}

const fromFuture = (): AttuneError =>
  new AttuneError('workspace-from-future', 'This workspace was written by a later version of Attune.', {
    kept: 'Nothing was changed.',
    remedy: 'Open it with that version.',
  });
