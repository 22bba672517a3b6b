/** One run of ffmpeg or ffprobe: output as it is asked for, bounded messages, killed when cancelled, stalled or no longer wanted. */
import { spawn, type ChildProcess } from 'node:child_process';
import { AttuneError, cancelledError } from '#contract/errors.ts';

/** Kept of what a tool says on stderr. */
const MESSAGE_BYTES = 32_768;
/** What a tool is told of the environment: no proxies, no report files. */
const ENVIRONMENT = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

/** What a shell answers when the file it was given is no program. */
const NOT_RUN = [126, 127];

export interface ToolLimits {
  signal?: AbortSignal | undefined;
  /** The tool counts as stalled when it gives nothing for so long while somebody waits for it. */
  stallMs: number;
}

export interface ToolEnd {
  /** Null when it was killed. */
  exitCode: number | null;
  messages: string;
}

export class ToolRun {
  private readonly child: ChildProcess;
  private readonly limits: ToolLimits;
  private readonly ended: Promise<ToolEnd>;
  private failure: AttuneError | null = null;
  private messages = '';

  constructor(program: string, args: readonly string[], limits: ToolLimits) {
    if (limits.signal?.aborted) throw cancelledError();
    this.limits = limits;
    const env = Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name]]));
    this.child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, env });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.messages = (this.messages + text).slice(0, MESSAGE_BYTES);
    });
    const onAbort = (): void => this.stop(cancelledError());
    limits.signal?.addEventListener('abort', onAbort, { once: true });
    this.ended = new Promise((resolve) => {
      const end = (exitCode: number | null): void => {
        limits.signal?.removeEventListener('abort', onAbort);
        resolve({ exitCode, messages: this.messages });
      };
      this.child.once('error', (cause) => {
        this.failure ??= toolMissing(cause);
        end(null);
      });
      this.child.once('close', end);
    });
  }

  /** What the tool writes, read no faster than it is consumed. Stops the tool when the consumer stops. Throws 'cancelled', 'timeout' or 'media-tool-missing'. */
  async *output(): AsyncGenerator<Uint8Array, ToolEnd> {
    let timer = this.watch();
    try {
      for await (const chunk of this.child.stdout! as AsyncIterable<Uint8Array>) {
        clearTimeout(timer);
        yield chunk;
        timer = this.watch();
      }
      const end = await this.ended;
      if (this.failure !== null) throw this.failure;
      if (end.exitCode !== null && NOT_RUN.includes(end.exitCode)) throw toolMissing();
      return end;
    } catch (error) {
      throw this.failure ?? error;
    } finally {
      clearTimeout(timer);
      this.child.kill('SIGKILL');
    }
  }

  /** The whole output as text; 'media-tool-failed' when it is longer than `maxBytes`. */
  async text(maxBytes: number): Promise<{ text: string } & ToolEnd> {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    const output = this.output();
    for (;;) {
      const next = await output.next();
      if (next.done) return { text: Buffer.concat(parts).toString('utf8'), ...next.value };
      parts.push(next.value);
      bytes += next.value.length;
      if (bytes > maxBytes) {
        this.stop(new AttuneError('media-tool-failed', 'The file describes more than a recording can hold.'));
      }
    }
  }

  private watch(): NodeJS.Timeout {
    return setTimeout(() => {
      this.stop(new AttuneError('timeout', 'Reading the recording stopped making progress.'));
    }, this.limits.stallMs);
  }

  private stop(failure: AttuneError): void {
    this.failure ??= failure;
    this.child.kill('SIGKILL');
  }
}

export function toolMissing(cause?: unknown): AttuneError {
  return new AttuneError(
    'media-tool-missing',
    'The program that reads recordings (ffmpeg) is missing or cannot be run.',
    {
      remedy: 'Install Attune again, or name another ffmpeg and ffprobe under Settings.',
      cause,
    },
  );
}
