/** Where finished stages are kept, so that a second or resumed analysis only does what is missing. Keys are hashes; values are opaque. */
export interface StageCache {
  get(key: string): Promise<Uint8Array | null>;
  put(key: string, value: Uint8Array): Promise<void>;
}

/** For analyses without a workspace: nothing outlives the process. */
export class MemoryStageCache implements StageCache {
  private readonly entries = new Map<string, Uint8Array>();

  get(key: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.entries.get(key) ?? null);
  }

  put(key: string, value: Uint8Array): Promise<void> {
    this.entries.set(key, value);
    return Promise.resolve();
  }
}
