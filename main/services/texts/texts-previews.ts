/** Files of texts that were looked at and wait for what the person chooses: open, and let go when that is done or the workspace is locked. */
import { randomUUID } from 'node:crypto';
import { AttuneError } from '#contract/errors.ts';
import { AS_FOUND, type TakenAs } from '#contract/texts/choice.ts';
import type { TextsPreview } from '#contract/texts/preview.ts';
import { survey } from '#models/texts/look/survey.ts';
import { openTable } from '#models/texts/open-table.ts';
import type { TextTable } from '#models/texts/table.ts';
import type { TextsFile } from './texts-file.ts';

interface Looked {
  file: TextsFile;
  table: TextTable;
  rowCount: number;
}

export class TextsPreviews {
  private readonly open = new Map<string, Looked>();

  /** Reads the file through once. It is closed when it is no texts. @throws 'texts-…' */
  async look(file: TextsFile, as: TakenAs = AS_FOUND): Promise<TextsPreview> {
    const previewId = randomUUID();
    try {
      return await this.lookAs(previewId, file, as);
    } catch (thrown) {
      await file.close();
      throw thrown;
    }
  }

  /** The same file taken apart otherwise; where that can't be, the preview is what it was. */
  async again(previewId: string, as: TakenAs): Promise<TextsPreview> {
    return this.lookAs(previewId, this.get(previewId).file, as);
  }

  /** Hands the file over: whoever takes it closes it. @throws 'file-not-found' */
  take(previewId: string): Looked {
    const looked = this.get(previewId);
    this.open.delete(previewId);
    return looked;
  }

  async close(previewId: string): Promise<void> {
    const looked = this.open.get(previewId);
    this.open.delete(previewId);
    await looked?.file.close();
  }

  async closeAll(): Promise<void> {
    for (const previewId of [...this.open.keys()]) await this.close(previewId);
  }

  private async lookAs(previewId: string, file: TextsFile, as: TakenAs): Promise<TextsPreview> {
    const table = await openTable(file.name, file.bytes, as);
    const seen = await survey(table);
    this.open.set(previewId, { file, table, rowCount: seen.rowCount });
    const { format, encoding, broken, sheets, sheet, heading, unit } = table;
    const { name, size } = file;
    return {
      ...{ previewId, name, bytes: size, format, encoding, broken, sheets, sheet, heading, unit },
      ...seen,
    };
  }

  private get(previewId: string): Looked {
    const looked = this.open.get(previewId);
    if (looked !== undefined) return looked;
    throw new AttuneError('file-not-found', 'That preview is not open any more.', {
      kept: 'Nothing was imported.',
      remedy: 'Choose the file again.',
    });
  }
}
