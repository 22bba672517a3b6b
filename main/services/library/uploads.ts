/** Recordings that the browser window sends: encrypted as they arrive, and gone again unless they are imported. */
import { randomUUID } from 'node:crypto';
import { AttuneError } from '#contract/errors.ts';
import type { ByteSource } from '../workspace/chunk-writer.ts';
import type { StagedFile } from '../workspace/media-store.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';

export interface Upload {
  staged: StagedFile;
  /** When it began: a large one goes on long after the person chose the file. */
  askedAt: string;
}

export class Uploads {
  private readonly workspace: WorkspaceService;
  private readonly waiting = new Map<string, Upload>();

  constructor(workspace: WorkspaceService) {
    this.workspace = workspace;
    workspace.beforeLock(() => this.discardAll());
  }

  /** Stores the bytes, encrypted, outside the library. Throws 'workspace-locked', 'file-empty', 'disk-full', 'cancelled'. */
  async receive(source: ByteSource, signal?: AbortSignal): Promise<{ uploadId: string; bytes: number }> {
    const askedAt = new Date().toISOString();
    const staged = await this.workspace.opened().media.stage(source, signal === undefined ? {} : { signal });
    if (staged.bytes === 0) {
      await staged.discard();
      throw new AttuneError('file-empty', 'The file is empty.', { kept: 'Nothing was imported.' });
    }
    const uploadId = randomUUID();
    this.waiting.set(uploadId, { staged, askedAt });
    return { uploadId, bytes: staged.bytes };
  }

  /** Hands the upload over, once. Throws 'file-not-found'. */
  take(uploadId: string): Upload {
    const upload = this.waiting.get(uploadId);
    if (upload === undefined)
      throw new AttuneError('file-not-found', 'That upload is not there any more.', {
        kept: 'Nothing was imported.',
        remedy: 'Send the file again.',
      });
    this.waiting.delete(uploadId);
    return upload;
  }

  private async discardAll(): Promise<void> {
    const uploads = [...this.waiting.values()];
    this.waiting.clear();
    for (const { staged } of uploads) await staged.discard();
  }
}
