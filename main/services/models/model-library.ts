/** The models that the person brought: coming in as jobs, going out at once. */
import { open, rename, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { Job } from '#contract/jobs/job.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import { openUpload } from '../library/open-upload.ts';
import type { Uploads } from '../library/uploads.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import { folderSource } from './folder-source.ts';
import { IMPORT_MODEL_STAGES, importWhisper, type ImportWhisperParts } from './import-whisper.ts';
import type { ModelSource } from './source.ts';
import { zipSource } from './zip-source.ts';

export interface ModelLibraryParts extends ImportWhisperParts {
  jobs: JobRegistry;
  workspace: WorkspaceService;
  uploads: Uploads;
}

export class ModelLibrary {
  private readonly parts: ModelLibraryParts;

  constructor(parts: ModelLibraryParts) {
    this.parts = parts;
  }

  /** The job tells how it ends. */
  import(source: ImportSource): Job {
    const { jobs } = this.parts;
    return jobs.enqueue({
      kind: 'model',
      title: source.kind === 'path' ? path.basename(source.path) : source.name,
      sessionId: null,
      recordingId: null,
      stages: IMPORT_MODEL_STAGES,
      run: async (context) => {
        const opened = await this.open(source);
        try {
          await importWhisper(opened, this.parts, context);
        } finally {
          await opened.close();
        }
      },
    });
  }

  /** Throws 'model-missing'. An analysis that has it loaded goes on with it. */
  async remove(id: string): Promise<void> {
    const { modelsFolder } = this.parts;
    const found = (await importedModels(modelsFolder)).find(({ manifest }) => manifest.id === id);
    if (!found) throw new AttuneError('model-missing', 'That model is not here any more.');
    // Out of sight at once; a deletion that is cut off leaves nothing that looks like a model.
    const gone = path.join(modelsFolder, `.removed-${randomBytes(6).toString('hex')}`);
    await rename(found.folder, gone);
    await rm(gone, { recursive: true, force: true });
  }

  private async open(source: ImportSource): Promise<ModelSource> {
    if (source.kind === 'path') return pathSource(source.path);
    const { workspace, uploads } = this.parts;
    const { file, close } = await openUpload(workspace.opened(), uploads.take(source.uploadId));
    return zipSource(source.name, {
      bytes: file.size(),
      async read(from, to) {
        const pieces: Buffer[] = [];
        for await (const piece of file.readRange(from, to)) pieces.push(piece);
        return Buffer.concat(pieces);
      },
      close,
    });
  }
}

/** A folder, or a ZIP archive. Throws 'file-not-found', 'file-not-readable', 'model-damaged'. */
export async function pathSource(place: string): Promise<ModelSource> {
  const found = await stat(place).catch(() => null);
  if (found === null) throw new AttuneError('file-not-found', 'There is no such file or folder.');
  if (found.isDirectory()) return folderSource(place);
  const handle = await open(place, 'r').catch((cause: unknown) => {
    throw new AttuneError('file-not-readable', "The file can't be read.", { cause });
  });
  return zipSource(path.basename(place), {
    bytes: found.size,
    async read(from, to) {
      const buffer = Buffer.alloc(Math.max(0, to - from));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
      return buffer.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  });
}
