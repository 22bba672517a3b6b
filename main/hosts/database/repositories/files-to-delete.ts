/** Files that nothing stored refers to, or not yet: the next start deletes what still stands here. */
import type { Connection } from '../connection.ts';
import type { StoreFile, StoreName } from '../tasks.ts';

export class FilesToDelete {
  private readonly insert;
  private readonly remove;
  private readonly all;

  constructor(db: Connection) {
    this.insert = db.prepare('INSERT OR IGNORE INTO files_to_delete (store, file_id) VALUES (?, ?)');
    this.remove = db.prepare('DELETE FROM files_to_delete WHERE store = ? AND file_id = ?');
    this.all = db.prepare<[], { store: StoreName; file_id: string }>('SELECT * FROM files_to_delete');
  }

  add({ store, fileId }: StoreFile): void {
    this.insert.run(store, fileId);
  }

  /** Because it is gone, or because something stored refers to it now. */
  clear({ store, fileId }: StoreFile): void {
    this.remove.run(store, fileId);
  }

  list(): StoreFile[] {
    return this.all.all().map((row) => ({ store: row.store, fileId: row.file_id }));
  }
}
