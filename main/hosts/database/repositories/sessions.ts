/** Sessions, as the library lists them. */
import type { Recording, SessionSummary } from '#contract/library/entities.ts';
import type { Connection } from '../connection.ts';
import { recordNotFound } from '../errors.ts';
import type { NewSession } from '../tasks.ts';
import type { ListedTexts } from './text-collections.ts';

interface Row {
  id: string;
  title: string;
  participant: string | null;
  created_at: string;
  sample: number;
}

const SELECT = `SELECT sessions.id, title, pseudonym AS participant, sessions.created_at, sample
  FROM sessions LEFT JOIN participants ON participants.id = participant_id`;

export class Sessions {
  private readonly insert;
  private readonly byId;
  private readonly all;
  private readonly update;
  private readonly delete;

  constructor(db: Connection) {
    this.insert = db.prepare(
      'INSERT INTO sessions (id, title, participant_id, created_at, sample) VALUES (?, ?, ?, ?, ?)',
    );
    this.byId = db.prepare<[string], Row>(`${SELECT} WHERE sessions.id = ?`);
    this.all = db.prepare<[], Row>(`${SELECT} ORDER BY sessions.created_at DESC, sessions.id`);
    this.update = db.prepare('UPDATE sessions SET title = ?, participant_id = ? WHERE id = ?');
    this.delete = db.prepare('DELETE FROM sessions WHERE id = ?');
  }

  add(session: NewSession, participantId: string | null): void {
    const { id, title, createdAt, sample } = session;
    this.insert.run(id, title, participantId, createdAt, sample ? 1 : 0);
  }

  rename(sessionId: string, title: string, participantId: string | null): void {
    if (this.update.run(title, participantId, sessionId).changes === 0) throw recordNotFound('session');
  }

  remove(sessionId: string): void {
    if (this.delete.run(sessionId).changes === 0) throw recordNotFound('session');
  }

  /** Throws 'record-not-found'. */
  summary(
    sessionId: string,
    recordings: Recording[],
    ribbons: Map<string, Ribbon>,
    texts: ListedTexts | undefined,
  ): SessionSummary {
    const row = this.byId.get(sessionId);
    if (row === undefined) throw recordNotFound('session');
    return summarise(row, recordings, ribbons, texts);
  }

  /** Newest first; `query` is looked for in titles, pseudonyms and names of files, whatever the case. */
  list(
    query: string,
    recordings: Map<string, Recording[]>,
    ribbons: Map<string, Ribbon>,
    texts: Map<string, ListedTexts>,
  ): SessionSummary[] {
    const wanted = folded(query.trim());
    const found: SessionSummary[] = [];
    for (const row of this.all.iterate()) {
      const own = recordings.get(row.id) ?? [];
      const table = texts.get(row.id);
      const names = [row.title, row.participant ?? '', ...own.map(({ name }) => name), table?.name ?? ''];
      if (names.some((name) => folded(name).includes(wanted)))
        found.push(summarise(row, own, ribbons, table));
    }
    return found;
  }
}

export type Ribbon = (string | null)[];

const folded = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('en');

function summarise(
  row: Row,
  recordings: Recording[],
  ribbons: Map<string, Ribbon>,
  texts: ListedTexts | undefined,
): SessionSummary {
  const ribbon = recordings.map(({ id }) => ribbons.get(id)).find((one) => one !== undefined);
  return {
    id: row.id,
    title: row.title,
    participant: row.participant,
    createdAt: row.created_at,
    durationMs: recordings.reduce((sum, { media }) => sum + media.durationMs, 0),
    texts: texts?.count ?? null,
    state: texts?.state ?? stateOf(recordings),
    sample: row.sample === 1,
    ribbon: texts?.ribbon ?? ribbon ?? [],
    hasVideo: recordings.some(({ media }) => media.video !== null && !media.video.still),
  };
}

/** What needs a look comes first. */
function stateOf(recordings: Recording[]): SessionSummary['state'] {
  const states = new Set(recordings.map(({ state }) => state));
  for (const state of ['analysing', 'failed', 'imported'] as const) if (states.has(state)) return state;
  return 'analysed';
}
