/** docs/models/ROBUSTNESS.md from its record. */
import { groupedBy } from '#models/metrics/grouped.ts';
import type { Outcome } from './condition.ts';
import type { Record } from './record.ts';

const short = (x: number): string => x.toFixed(3).replace(/^0/, '');

export function robustnessPage({ before, now }: Record): string {
  const sets = [...new Set(now.outcomes.map(({ set }) => set))];
  const sections = sets.map((set) => section(set, before.outcomes, now.outcomes));
  return `# Robustness

Printed by \`npm run bench -- robustness\`; nothing here is typed by hand. The same items in every row of a table, drawn with a fixed seed, through the
services behind \`attune predict\`. Each column says *before → now*: before with ${list(before.weights)}; now with ${list(now.weights)}.
Brackets: 95 % interval by bootstrap over items. ECE: expected calibration error, 15 bins. "Not sure": share of the items of which the row says \`abstained\`.
The samples are small: differences below about three points mean nothing.

${sections.join('\n\n')}
`;
}

const list = (weights: readonly string[]): string => weights.map((w) => `\`${w}\``).join(', ');

function section(set: string, before: readonly Outcome[], now: readonly Outcome[]): string {
  const rows = now.filter((o) => o.set === set);
  const lines = rows.map((o) => line(before.find((b) => b.set === set && b.id === o.id) ?? null, o));
  const noted = groupedBy(
    rows.filter((o) => o.note !== undefined),
    (o) => o.note!,
  );
  const notes = [...noted].map(([note, own]) => `* ${own.map(({ title }) => title).join('; ')}: ${note}.`);
  return [
    `## ${set}`,
    '',
    '| condition | n | accuracy | UAR | macro-F1 | ECE | measured quality | not sure |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

function line(before: Outcome | null, now: Outcome): string {
  const cell = (of: (o: Outcome) => number, after = ''): string =>
    `${before ? short(of(before)) : 'new'} → ${short(of(now))}${after}`;
  const interval = ` [${short(now.accuracyLow)}, ${short(now.accuracyHigh)}]`;
  return `| ${[
    now.title,
    now.n.toLocaleString('en'),
    cell((o) => o.accuracy, interval),
    cell((o) => o.uar),
    cell((o) => o.macroF1),
    cell((o) => o.ece),
    cell((o) => o.quality),
    cell((o) => o.abstained),
  ].join(' | ')} |`;
}
