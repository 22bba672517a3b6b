/** The one language between main and its hosts. Every message survives a structured clone; typed arrays cross as they are. */
import type { ErrorData } from '#contract/errors.ts';

/** Main to host. 'configure' is sent once, after 'hello'. */
export type ToHost =
  | { type: 'configure'; config: unknown }
  | { type: 'call'; id: number; task: string; params: unknown }
  | { type: 'cancel'; id: number }
  | { type: 'ping' }
  | { type: 'stop' };

/** Host to main. 'hello': it listens; 'ready': it is configured and takes calls; 'failed': it can't be, and ends. */
export type FromHost =
  | { type: 'hello' }
  | { type: 'ready' }
  | { type: 'failed'; error: ErrorData }
  | { type: 'answer'; id: number; result: unknown }
  | { type: 'refusal'; id: number; error: ErrorData }
  | { type: 'pong' };

/** How a process ended, as the operating system tells it. */
export interface ExitReason {
  code: number | null;
  signal: string | null;
}

/** A started host as main sees it, however it was started. */
export interface HostProcess {
  readonly pid: number | undefined;
  /** Throws when the message can't be cloned. A message to a host that is gone is dropped: its exit tells. */
  send(message: ToHost): void;
  onMessage(listener: (message: FromHost) => void): void;
  /** Called once, also when the process could not be started. */
  onExit(listener: (reason: ExitReason) => void): void;
  /** At once and without mercy: a native call obeys nothing else. */
  kill(): void;
}

/** The host's own end of the line. */
export interface ParentPort {
  send(message: FromHost): void;
  onMessage(listener: (message: ToHost) => void): void;
  /** The parent is gone. */
  onClose(listener: () => void): void;
}
