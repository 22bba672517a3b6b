/** Figures as the pages print them: three digits, no zero before the point. */
import type { Figure } from '../figure.ts';

export const short = (x: number): string => x.toFixed(3).replace(/^(-?)0\./, '$1.');

export const withInterval = ({ value, low, high }: Pick<Figure, 'value' | 'low' | 'high'>): string => {
  if (value === null) return 'not defined';
  return low === null || high === null ? short(value) : `${short(value)} [${short(low)}, ${short(high)}]`;
};

export const count = ({ n, units }: Pick<Figure, 'n' | 'units'>): string =>
  units.kind === 'rows' ? n.toLocaleString('en') : `${n.toLocaleString('en')} (${units.count} ${units.kind})`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
