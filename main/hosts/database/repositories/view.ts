/** Where the window was. */
import { viewState } from '#contract/methods/table.ts';
import type { ViewState } from '#contract/methods/table.ts';
import type { Connection } from '../connection.ts';

export class View {
  private readonly read;
  private readonly write;

  constructor(db: Connection) {
    this.read = db.prepare<[], { view: string }>('SELECT view FROM view_state');
    this.write = db.prepare(
      'INSERT INTO view_state (only_row, view) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET view = excluded.view',
    );
  }

  get(): ViewState | null {
    const row = this.read.get();
    return row === undefined ? null : viewState.parse(JSON.parse(row.view));
  }

  set(view: ViewState): void {
    this.write.run(JSON.stringify(view));
  }
}
