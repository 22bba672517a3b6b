/** Recordings that are being read over loopback: one address each, until it is revoked. */
import type { AttuneError } from '#contract/errors.ts';
import type { EncryptedFile } from './encrypted-file.ts';
import type { MediaStore } from './media-store.ts';
import type { RangeServer, ServedAddress } from './range-server.ts';

interface Serving {
  file: EncryptedFile;
  address: ServedAddress;
}

export class ServedMedia {
  private readonly store: MediaStore;
  private readonly server: RangeServer;
  private readonly serving = new Map<string, Promise<Serving>>();

  constructor(store: MediaStore, server: RangeServer) {
    this.store = store;
    this.server = server;
  }

  /** The same address until revoked. Throws 'media-chunk-damaged' when the file is cut or exchanged. */
  async address(fileId: string): Promise<string> {
    return (await this.serve(fileId)).address.url;
  }

  /** The open file, for a shell that answers ranges itself. */
  async file(fileId: string): Promise<EncryptedFile> {
    return (await this.serve(fileId)).file;
  }

  /** The damage that a reader of the address met, if any. */
  async problem(fileId: string): Promise<AttuneError | null> {
    const serving = await this.serving.get(fileId);
    return serving?.address.problem() ?? null;
  }

  async revoke(fileId: string): Promise<void> {
    const serving = await this.serving.get(fileId);
    this.serving.delete(fileId);
    if (serving === undefined) return;
    serving.address.revoke();
    await this.store.release(serving.file);
  }

  private serve(fileId: string): Promise<Serving> {
    const known = this.serving.get(fileId);
    if (known !== undefined) return known;
    const starting = this.start(fileId);
    this.serving.set(fileId, starting);
    // A file that could not be opened may be restored meanwhile: the next call tries again.
    starting.catch(() => this.serving.delete(fileId));
    return starting;
  }

  private async start(fileId: string): Promise<Serving> {
    const file = await this.store.open(fileId);
    return { file, address: await this.server.serve(file) };
  }
}
