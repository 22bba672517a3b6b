/** Tables as their authors wrote them: comma or tab, quoted or not. */

/** Rows of a quoted, comma-separated table (RFC 4180) by the names of its first line. */
export function csvRows(text: string): Record<string, string>[] {
  const [names = [], ...rows] = csvCells(text.replace(/^\ufeff/, ''));
  return rows
    .filter((row) => row.length > 1 || row[0] !== '')
    .map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

function csvCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A quoted cell (its quotes doubled) or a bare one, and what ends it.
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Rows of a tab-separated table without quotes and without a line of names. */
export const tsvRows = (text: string): string[][] => linesOf(text).map((line) => line.split('\t'));

export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '');
