/** UTF-8 whose bytes were written as characters each: Facebook's exports say "GrÃ¼Ã\u009Fe" for "Grüße". */

/** Null where the text isn't that. */
function repaired(text: string): string | null {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Looks at all texts of the first records: only where none of them speaks against it, a file is written so. */
export class Mojibake {
  private found = false;
  private denied = false;

  look(cell: string): void {
    if (this.denied || /^[\0-\x7F]*$/.test(cell)) return;
    if (/^[\0-\xFF]*$/.test(cell) && repaired(cell) !== null) this.found = true;
    else this.denied = true;
  }

  mend(cell: string): string {
    if (!this.found || this.denied || !/^[\0-\xFF]*$/.test(cell)) return cell;
    return repaired(cell) ?? cell;
  }
}
