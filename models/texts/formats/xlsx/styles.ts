/** Which cell styles of a spreadsheet show a number as a date. */
import type { XmlListener } from '../../../transcript/file/xml.ts';

/** ECMA-376, part 1, 18.8.30: formats 14 to 22 and 45 to 47 are dates and times, 27 to 36 and 50 to 58 in East Asian languages. */
const isBuiltIn = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

export class StylesListener implements XmlListener {
  readonly codes = new Map<number, string>();
  readonly cellFormats: number[] = [];
  private inCellFormats = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const local = name.slice(name.indexOf(':') + 1);
    if (local === 'cellXfs') this.inCellFormats = true;
    if (local === 'numFmt') this.codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
    if (local === 'xf' && this.inCellFormats) this.cellFormats.push(Number(attributes['numFmtId'] ?? 0));
  }

  close(name: string): void {
    if (name.slice(name.indexOf(':') + 1) === 'cellXfs') this.inCellFormats = false;
  }
}

export const dateStyles = ({ codes, cellFormats }: StylesListener): boolean[] =>
  cellFormats.map((id) => isBuiltIn(id) || isDateCode(codes.get(id) ?? ''));

/** Day, month, year or clock outside of quoted words, colours and conditions. */
const isDateCode = (code: string): boolean =>
  /[dmyhs]/i.test(code.replaceAll(/"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]/gi, '').replace(/General/i, ''));
