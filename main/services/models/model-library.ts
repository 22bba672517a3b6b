/** The models that the person brought: coming in as jobs, going out at once. */
import { rename, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import type { Job } from '#contract/jobs/job.ts';
import type { ImportSource } from '#contract/methods/table.ts';
import type { DownloadRequest } from '#contract/models/address.ts';
import type { JobRegistry } from '#main/jobs/registry.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import { openUpload } from '../library/open-upload.ts';
import type { Uploads } from '../library/uploads.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import { titleOf } from './download/address-name.ts';
import { checkRequest, downloadModel, DOWNLOAD_MODEL_STAGES } from './download/download-model.ts';
import { IMPORT_MODEL_STAGES, importWhisper, type ImportWhisperParts } from './import-whisper.ts';
import { pathSource } from './path-source.ts';
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

  /** The one thing that Attune ever fetches from elsewhere, and only when a person says so. Throws 'argument-invalid'; the job tells how it ends. */
  download(request: DownloadRequest): Job {
    checkRequest(request);
    return this.parts.jobs.enqueue({
      kind: 'model',
      title: titleOf(new URL(request.address)),
      sessionId: null,
      recordingId: null,
      stages: DOWNLOAD_MODEL_STAGES,
      run: async (context) => {
        await downloadModel(request, this.parts, context);
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
    const { file, close } = await openUpload(workspace.opened(), uploads.take(source.uploadId).staged);
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
