/** An upload that was taken from Uploads, open for reading. */
import type { EncryptedFile } from '../workspace/encrypted-file.ts';
import type { StagedFile } from '../workspace/media-store.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';

export interface OpenUpload {
  readonly file: EncryptedFile;
  /** The upload is gone afterwards. */
  readonly close: () => Promise<void>;
}

/** @throws AttuneError what opening it throws; then the upload is gone, too */
export async function openUpload({ media }: OpenWorkspace, staged: StagedFile): Promise<OpenUpload> {
  try {
    const file = await staged.open();
    return {
      file,
      async close() {
        await media.release(file);
        await staged.discard();
      },
    };
  } catch (thrown) {
    await staged.discard();
    throw thrown;
  }
}
