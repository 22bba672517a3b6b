/** The tables of one task, as RESULTS.md and the cards hold them. */
import { corpusName } from '../corpora/names.ts';
import { FIGURE_TABLES, figureId, type Figure, type Section } from '../figure.ts';
import { GOALS, isMet, type Goal } from '../goals.ts';
import { count, short, table, withInterval } from './numbers.ts';

const TITLES: Readonly<Record<(typeof FIGURE_TABLES)[number], string>> = {
  figures: 'Figures',
  confidence: 'Confidence',
  groups: 'Groups',
  curves: 'Curves',
};

/** Every figure that a goal asks for, one a line; a figure that isn't there is said to be missing. */
export function goalTable({ task, figures }: Section): string {
  const known = new Map(figures.map((f) => [figureId(f), f]));
  const rows = GOALS.filter((g) => g.task === task).flatMap((g) =>
    g.figures.map((id, i) => goalRow(g, known.get(id), id, i === 0)),
  );
  return table(['goal', '', 'measured on', 'the weights’ view', 'n', 'figure', 'met', 'anchor'], rows);
}

const LEAST: Readonly<Record<Goal['better'], string>> = { higher: 'at least', lower: 'at most' };

function goalRow(goal: Goal, figure: Figure | undefined, id: string, first: boolean): string[] {
  const head = first ? [goal.title, `${LEAST[goal.better]} ${short(goal.value)}`] : ['', ''];
  const anchor = first ? goal.anchor : '';
  if (!figure) {
    const [, corpus = '', ...rest] = id.split(' / ');
    return [...head, [corpusName(corpus), ...rest].join(', '), '', '', 'not measured', '', anchor];
  }
  const met = figure.value === null ? '' : isMet(goal, figure.value) ? 'yes' : 'no';
  const where = [corpusName(figure.corpus), figure.part, figure.way, figure.metric].filter((x) => x !== '');
  return [...head, where.join(', '), seen(figure), count(figure), withInterval(figure), met, anchor];
}

/** In a word what the weights saw of the rows: a goal that is met where something was tuned is not met elsewhere. */
const seen = ({ exposure }: Figure): string => exposure.split(';')[0]!;

/** @param heading as many `#` as the tables' titles get */
export function figureTables({ figures }: Section, heading: string): string {
  return FIGURE_TABLES.flatMap((name) => {
    const own = figures.filter((f) => f.table === name);
    if (own.length === 0) return [];
    const rows = own.map((f) => [
      corpusName(f.corpus),
      [f.part, f.way].filter((x) => x !== '').join(', '),
      f.metric,
      count(f),
      withInterval(f),
      f.exposure,
      [f.note, f.command === undefined ? undefined : `by \`${f.command}\``].filter((x) => x).join('; '),
    ]);
    const head = ['corpus', 'part', 'metric', 'n', 'figure', 'the weights’ view of these rows', 'note'];
    return [`${heading} ${TITLES[name]}`, '', table(head, rows), ''];
  }).join('\n');
}
