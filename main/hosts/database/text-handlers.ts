/** Tasks on sessions of texts. Each runs inside one transaction: what it answers is durable. */
import { AttuneError } from '#contract/errors.ts';
import type { Repositories } from './repositories/all.ts';
import type { TextTasks } from './text-tasks.ts';

type Run = <P, R>(work: (r: Repositories, params: P) => R) => (params: P) => R;
export type TextHandlers = {
  [K in keyof TextTasks]: (params: TextTasks[K]['params']) => TextTasks[K]['result'];
};
type Params<K extends keyof TextTasks> = TextTasks[K]['params'];
type Result<K extends keyof TextTasks> = TextTasks[K]['result'];

export const textHandlers = (run: Run): TextHandlers => ({
  'texts.begin': run((r, { source }) => ({ collectionId: r.textCollections.begin(source) })),
  'texts.append': run((r, { collectionId, texts }) => {
    r.textRows.append(collectionId, r.textCollections.grown(collectionId, texts.length), texts);
    return {};
  }),
  'texts.finish': run(finish),
  'texts.discard': run((r, { collectionId }) => {
    r.textCollections.discard(collectionId);
    return {};
  }),
  'texts.recover': run((r) => {
    r.textCollections.recover();
    return {};
  }),
  'texts.get': run((r, { sessionId }) => r.textCollections.get(sessionId)),
  'texts.setState': run((r, { sessionId, state, error }) => {
    r.textCollections.setState(sessionId, state, error);
    return {};
  }),
  'texts.unread': run((r, { sessionId, after, limit }) => {
    const { id, source } = r.textCollections.row(sessionId);
    return { texts: r.textRows.unread(id, after, limit, source.context === 'conversation') };
  }),
  'texts.saveReadings': run(saveReadings),
  'texts.complete': run((r, { sessionId, at }) => {
    const { id, texts } = r.textCollections.row(sessionId);
    r.textCollections.setRibbon(id, r.textFigures.ribbon(id, texts));
    r.textCollections.setState(sessionId, 'analysed', null);
    r.audit.add({ at, kind: 'texts-read', subjectId: sessionId });
    return {};
  }),
  'texts.items': run((r, { sessionId, filter, place }) => {
    const { id, texts } = r.textCollections.row(sessionId);
    return r.textRows.page(id, texts, filter, place);
  }),
  'texts.sums': run((r, { sessionId, filter }) => ({
    sums: r.textFigures.sums(r.textCollections.row(sessionId).id, filter),
  })),
  'texts.trend': run((r, { sessionId, filter, ...axis }) =>
    r.textFigures.trend(r.textCollections.row(sessionId).id, filter, axis),
  ),
  'texts.groups': run((r, { sessionId, filter, ...asked }) =>
    r.textFigures.groups(r.textCollections.row(sessionId).id, filter, asked),
  ),
});

function finish(
  r: Repositories,
  { collectionId, session, leftOut, at }: Params<'texts.finish'>,
): Result<'texts.finish'> {
  r.sessions.add(session, r.participants.idFor(session.participant, at));
  r.textCollections.becomeSession(collectionId, session.id, leftOut);
  r.audit.add({ at, kind: 'texts-imported', subjectId: session.id });
  return {};
}

function saveReadings(
  r: Repositories,
  { sessionId, readings, models }: Params<'texts.saveReadings'>,
): Result<'texts.saveReadings'> {
  const { id, texts_read } = r.textCollections.row(sessionId);
  const failed = readings.filter(({ outcome }) => 'failure' in outcome).length;
  r.textRows.save(id, texts_read, readings);
  if (!r.textCollections.advance(id, texts_read, { read: readings.length, failed }, models))
    throw new AttuneError('internal', 'Texts were read twice at once.', { kept: 'Nothing was changed.' });
  return { read: texts_read + readings.length };
}
