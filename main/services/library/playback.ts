/** Playing a recording: an unguessable token each, ranges decrypted as they are asked for, a playable copy where Chromium can't play the original. */
import { randomBytes } from 'node:crypto';
import { AttuneError } from '#contract/errors.ts';
import type { Recording } from '#contract/library/entities.ts';
import type { MediaToolsWithProxy } from '#main/hosts/media/create-media-tools.ts';
import { PROXY_TYPE, type ProxyOptions } from '#main/hosts/media/proxy.ts';
import type { EncryptedFile } from '../workspace/encrypted-file.ts';
import type { MediaStore } from '../workspace/media-store.ts';
import type { WorkspaceService } from '../workspace/workspace-service.ts';
import type { LibraryService } from './library-service.ts';

const PROXY_FOLDER = 'proxies';
const TOKEN_BYTES = 24;

export interface Playable {
  file: EncryptedFile;
  kind: 'audio' | 'video';
  mimeType: string;
}

export class Playback {
  private readonly workspace: WorkspaceService;
  private readonly library: LibraryService;
  private readonly tools: MediaToolsWithProxy;
  private readonly recordingOf = new Map<string, string>();
  private readonly making = new Map<string, Promise<void>>();
  private readonly openProxies = new Map<string, Promise<EncryptedFile>>();

  constructor(workspace: WorkspaceService, library: LibraryService, tools: MediaToolsWithProxy) {
    this.workspace = workspace;
    this.library = library;
    this.tools = tools;
    workspace.afterOpen(() => this.removeOrphans());
    workspace.beforeLock(() => {
      this.recordingOf.clear();
      this.openProxies.clear();
      return Promise.resolve();
    });
  }

  /** The same token until the workspace is locked. Waits for the playable copy where one is needed. */
  async token(recordingId: string): Promise<{ token: string; kind: 'audio' | 'video'; mimeType: string }> {
    const { kind, mimeType } = await this.playable(recordingId);
    for (const [token, known] of this.recordingOf)
      if (known === recordingId) return { token, kind, mimeType };
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.recordingOf.set(token, recordingId);
    return { token, kind, mimeType };
  }

  /** null for a token that is not, or no longer, good. */
  async open(token: string): Promise<Playable | null> {
    const recordingId = this.recordingOf.get(token);
    return recordingId === undefined ? null : this.playable(recordingId);
  }

  /** Makes the playable copy if the recording needs one and there is none yet. */
  async prepare(recordingId: string, options: ProxyOptions = {}): Promise<void> {
    const recording = await this.library.recording(recordingId);
    if (!recording.media.playable) await this.proxyOnce(recording, options);
  }

  /** Deletes the playable copies of removed recordings. */
  async forget(recordingIds: string[]): Promise<void> {
    const store = this.store();
    for (const recordingId of recordingIds) {
      const open = await this.openProxies.get(recordingId);
      this.openProxies.delete(recordingId);
      if (open) await store.release(open);
      await store.remove(fileIdOf(recordingId));
    }
  }

  /** A crash between removing a recording and its copy leaves the copy. */
  private async removeOrphans(): Promise<void> {
    const { database } = this.workspace.opened();
    const { recordingIds } = await database.call('recordings.ids', {});
    const known = new Set(recordingIds.map(fileIdOf));
    const store = this.store();
    for (const fileId of await store.list()) if (!known.has(fileId)) await store.remove(fileId);
  }

  private async playable(recordingId: string): Promise<Playable> {
    const recording = await this.library.recording(recordingId);
    if (recording.media.playable) return this.library.media(recordingId);
    await this.proxyOnce(recording, {});
    const moving = recording.media.video !== null && !recording.media.video.still;
    const file = this.openProxies.get(recordingId) ?? this.store().open(fileIdOf(recordingId));
    this.openProxies.set(recordingId, file);
    return { file: await file, kind: moving ? 'video' : 'audio', mimeType: PROXY_TYPE.mediaType };
  }

  private proxyOnce(recording: Recording, options: ProxyOptions): Promise<void> {
    const known = this.making.get(recording.id);
    if (known) return known;
    const making = this.makeProxy(recording, options).finally(() => this.making.delete(recording.id));
    this.making.set(recording.id, making);
    return making;
  }

  private async makeProxy(recording: Recording, options: ProxyOptions): Promise<void> {
    const fileId = fileIdOf(recording.id);
    const store = this.store();
    if (await isWhole(store, fileId)) return;
    const input = await this.library.mediaInput(recording.id);
    const bytes = this.tools.proxy(input, recording.media, options);
    const staged = await store.stage(bytes, {
      fileId,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    await staged.commit();
  }

  private store(): MediaStore {
    return this.workspace.opened().derivedStore(PROXY_FOLDER);
  }
}

/** A recording has one playable copy at most, so it goes by the recording's own id. */
const fileIdOf = (recordingId: string): string => recordingId.replaceAll('-', '');

async function isWhole(store: MediaStore, fileId: string): Promise<boolean> {
  try {
    await store.release(await store.open(fileId));
    return true;
  } catch (error) {
    if (error instanceof AttuneError && error.code === 'media-chunk-damaged') return false;
    throw error;
  }
}
