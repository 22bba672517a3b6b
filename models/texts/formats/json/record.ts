/** One record of any program as named cells. */

const MAX_DEPTH = 3;

/** "author.name" for what lies deeper; formatted words (lists of strings and of objects with a text) as one text. */
export function cellsOf(value: unknown): Map<string, string> {
  const cells = new Map<string, string>();
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) add(cells, '', value, 1);
  else cells.set('text', scalar(value));
  return cells;
}

function add(cells: Map<string, string>, prefix: string, record: object, depth: number): void {
  for (const [key, value] of Object.entries(record) as [string, unknown][]) {
    const name = `${prefix}${key}`;
    if (Array.isArray(value)) cells.set(name, words(value));
    else if (typeof value === 'object' && value !== null) {
      if (depth < MAX_DEPTH) add(cells, `${name}.`, value, depth + 1);
    } else cells.set(name, scalar(value));
  }
}

const scalar = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';

function words(list: readonly unknown[]): string {
  const part = (one: unknown): string => {
    if (typeof one === 'string') return one;
    const text = typeof one === 'object' && one !== null && 'text' in one ? one.text : '';
    return typeof text === 'string' ? text : '';
  };
  return list.map(part).join('');
}
