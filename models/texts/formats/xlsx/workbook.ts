/** A spreadsheet's own parts beside its sheets: their names and places, the strings they share, and which numbers are dates. */
import type { AttuneError } from '#contract/errors.ts';
import { XmlStream, type XmlListener } from '../../../transcript/file/xml.ts';
import { ZipStream, type EntrySink, type ZipLimits } from '../../../transcript/file/zip.ts';
import { invalidTexts, noTexts, type Bytes } from '../../file/bytes.ts';
import { dateStyles, StylesListener } from './styles.ts';

export const SHEET_LIMITS: ZipLimits = { maxEntryBytes: 2 ** 31, maxTotalBytes: 2 ** 31 };
/** Shared strings are looked up while a sheet is read, so they are the one part that lies in memory. */
const MAX_SHARED_CHARACTERS = 64 << 20;

export interface Workbook {
  sheets: { name: string; entry: string }[];
  strings: string[];
  /** By cell style. */
  isDate: boolean[];
  /** Days count from 1904 instead of 1900. */
  from1904: boolean;
}

/** Goes through the archive once, with a pause after each piece of it; `wanted` says which XML is read by what. */
export async function* entries(
  bytes: Bytes,
  wanted: (name: string) => XmlListener | null,
): AsyncGenerator<void> {
  const finish: (() => void)[] = [];
  const zip = new ZipStream((name): EntrySink | null => {
    const listener = wanted(name);
    if (listener === null) return null;
    const xml = new XmlStream(listener);
    const decoder = new TextDecoder();
    finish.push(() => {
      xml.push(decoder.decode());
      xml.close();
    });
    return (piece) => xml.push(decoder.decode(piece, { stream: true }));
  }, SHEET_LIMITS);
  for await (const piece of bytes()) {
    // The archive's reader keeps a part of it for the next one.
    zip.push(piece.slice());
    yield;
  }
  zip.finish();
  for (const end of finish) end();
  yield;
}

/** @throws 'texts-not-recognised' for another archive, 'texts-invalid' or 'transcript-invalid' for a broken one */
export async function readWorkbook(bytes: Bytes): Promise<Workbook> {
  const listed: { name: string; relation: string }[] = [];
  const targets = new Map<string, string>();
  const strings: string[] = [];
  const styles = new StylesListener();
  let from1904 = false;
  const parts: Record<string, () => XmlListener> = {
    'xl/workbook.xml': () => ({
      open(name, attributes) {
        const local = localName(name);
        if (local === 'sheet')
          listed.push({ name: attributes['name'] ?? '', relation: attributes['r:id'] ?? '' });
        if (local === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      },
    }),
    'xl/_rels/workbook.xml.rels': () => ({
      open(_, { Id, Target }) {
        if (Id !== undefined && Target !== undefined) targets.set(Id, Target);
      },
    }),
    'xl/sharedStrings.xml': () => sharedStrings(strings),
    'xl/styles.xml': () => styles,
  };
  for await (const _ of entries(bytes, (name) => parts[name]?.() ?? null));
  const sheets = listed.flatMap(({ name, relation }) => {
    const target = targets.get(relation);
    if (target === undefined) return [];
    return [{ name, entry: target.startsWith('/') ? target.slice(1) : `xl/${target}` }];
  });
  if (sheets.length === 0) throw noTexts('The file is an archive without a spreadsheet.');
  return { sheets, strings, isDate: dateStyles(styles), from1904 };
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** What XML 1.0 can't hold is written as _x000D_ there. */
export const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

function sharedStrings(strings: string[]): XmlListener {
  let text = '';
  let inText = false;
  let phonetic = false;
  let total = 0;
  return {
    open(name) {
      const local = localName(name);
      if (local === 'si') text = '';
      if (local === 'rPh') phonetic = true;
      inText = local === 't' && !phonetic;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      const local = localName(name);
      if (local === 't') inText = false;
      if (local === 'rPh') phonetic = false;
      if (local !== 'si') return;
      strings.push(unescaped(text));
      total += text.length;
      if (total > MAX_SHARED_CHARACTERS) throw tooMuchText();
    },
  };
}

const tooMuchText = (): AttuneError =>
  invalidTexts('The spreadsheet holds more than 64 million characters of text: save it as CSV.');
