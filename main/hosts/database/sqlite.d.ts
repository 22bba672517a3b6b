/** The part of the SQLite binding that is used: its own types can't be found through its package.json ("exports" without "types"). */
declare module 'better-sqlite3-multiple-ciphers' {
  type Bound = string | number | bigint | null | Uint8Array;

  interface Statement<P extends Bound[], R> {
    run(...parameters: P): { changes: number; lastInsertRowid: number | bigint };
    get(...parameters: P): R | undefined;
    all(...parameters: P): R[];
    iterate(...parameters: P): IterableIterator<R>;
  }

  interface Transaction<R> {
    immediate(): R;
    exclusive(): R;
  }

  class Database {
    static readonly SqliteError: new () => Error & { readonly code: string };
    constructor(path: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number });
    prepare<P extends Bound[] = Bound[], R = unknown>(sql: string): Statement<P, R>;
    transaction<R>(work: () => R): Transaction<R>;
    pragma(source: string, options?: { simple?: boolean }): unknown;
    exec(sql: string): this;
    function(name: string, options: { deterministic: boolean }, run: (...values: unknown[]) => Bound): this;
    /** Before anything else is asked of the database. */
    key(key: Buffer): number;
    close(): this;
  }

  export default Database;
}
