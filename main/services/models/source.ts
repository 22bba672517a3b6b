/** Where a model comes from: a folder, or one archive. Only what is asked for is read. */

export interface SourceEntry {
  /** With forward slashes, from where the source begins. */
  path: string;
  bytes: number;
}

export interface ModelSource {
  /** What the person calls it: the last part of its path. */
  readonly name: string;
  readonly entries: readonly SourceEntry[];
  /** The entry's bytes, no more than `entries` says. Throws 'model-damaged' where they are fewer. */
  read(entry: SourceEntry): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** More than any Whisper folder has. */
export const MOST_ENTRIES = 2000;
