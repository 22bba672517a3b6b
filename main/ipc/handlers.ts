/** What a shell needs of the program behind it. No shell knows the services, and no service knows its shell. */
import type { EventName, EventPayload } from '#contract/methods/events.ts';
import type { MethodName, MethodOutput, MethodParsed } from '#contract/methods/table.ts';

/** Which transport a call came through; both have been checked by then. */
export type Sender = 'electron' | 'browser';
export interface CallContext {
  readonly sender: Sender;
}

export type Handlers = {
  readonly [M in MethodName]: (input: MethodParsed<M>, context: CallContext) => Promise<MethodOutput<M>>;
};

export type AttuneEvent = { [E in EventName]: { name: E; payload: EventPayload<E> } }[EventName];
export interface EventSource {
  /** Returns the function that stops listening. */
  onEvent(listener: (event: AttuneEvent) => void): () => void;
}

/** Takes a file that the browser window sends; what it keeps is an import source of kind 'upload'. */
export interface UploadSink {
  /** Rejects with an AttuneError; nothing is kept of a body that fails half way. */
  receive(name: string, body: AsyncIterable<Uint8Array>): Promise<{ uploadId: string }>;
}

/** A recording opened for playing: decrypted in ranges, never as a whole. */
export interface PlayableMedia {
  readonly sizeBytes: number;
  readonly mimeType: string;
  /** Bytes start <= i < end, in pieces of moderate size; stops reading when the consumer stops. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}
export interface MediaSource {
  /** null: no such token, or the workspace is locked. */
  open(token: string): Promise<PlayableMedia | null>;
}

/** What a shell is given to show. */
export interface App {
  readonly handlers: Handlers;
  readonly events: EventSource;
  readonly uploads: UploadSink;
  readonly media: MediaSource;
  /** Recordings named on the command line or by a second start: imported and shown once a workspace is open. */
  openFiles(paths: string[]): Promise<void>;
  /** Cancels running jobs, waits for them, stops the hosts. Resolves when it is safe to exit. */
  close(): Promise<void>;
}
