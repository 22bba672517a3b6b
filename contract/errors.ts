/** Every failure that crosses a boundary is one of these codes with a sentence for people. */
import { z } from 'zod';

export const ERROR_CODES = [
  // the boundary itself
  'method-unknown',
  'argument-invalid',
  'sender-untrusted',
  'not-supported-here',
  'internal',
  // jobs and hosts
  'cancelled',
  'job-unknown',
  'host-crashed',
  'host-unresponsive',
  'host-restart-limit',
  'timeout',
  // files and media
  'file-not-found',
  'file-not-readable',
  'file-not-a-file',
  'file-empty',
  'file-changed',
  'file-too-large',
  'media-not-recognised',
  'media-no-streams',
  'media-zero-length',
  'media-damaged',
  'media-refers-elsewhere',
  'media-tool-missing',
  'media-tool-failed',
  'output-not-writable',
  'disk-full',
  // transcripts, texts and rows
  'transcript-not-recognised',
  'transcript-invalid',
  'edit-not-possible',
  'edit-stale',
  'texts-not-recognised',
  'texts-invalid',
  'voice-not-kept',
  'row-invalid',
  'text-invalid',
  'picture-not-recognised',
  'face-not-found',
  // models
  'model-missing',
  'model-exists',
  'model-damaged',
  'model-incompatible',
  'download-under-way',
  'download-failed',
  'download-no-model',
  'download-mismatch',
  'download-redirected',
  'provider-refused',
  // workspace
  'workspace-none',
  'workspace-exists',
  'workspace-locked',
  'workspace-in-use',
  'workspace-from-future',
  'workspace-damaged',
  'passphrase-wrong',
  'passphrase-weak',
  'keychain-unavailable',
  'media-chunk-damaged',
  'record-not-found',
  'analysis-none',
  'analysis-outdated',
  'analysis-interrupted',
] as const;

export const errorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCode>;

export const errorData = z.object({
  code: errorCode,
  /** What happened, in one sentence for people. No file names, transcripts or keys in what is logged: only the code is. */
  message: z.string(),
  /** What was kept, if anything could have been lost. */
  kept: z.string().optional(),
  /** What the person can do now. */
  remedy: z.string().optional(),
});
export type ErrorData = z.infer<typeof errorData>;

export class AttuneError extends Error {
  readonly code: ErrorCode;
  readonly kept: string | undefined;
  readonly remedy: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { kept?: string; remedy?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AttuneError';
    this.code = code;
    this.kept = more.kept;
    this.remedy = more.remedy;
  }

  toData(): ErrorData {
    return {
      code: this.code,
      message: this.message,
      ...(this.kept === undefined ? {} : { kept: this.kept }),
      ...(this.remedy === undefined ? {} : { remedy: this.remedy }),
    };
  }

  static fromData(data: ErrorData): AttuneError {
    return new AttuneError(data.code, data.message, {
      ...(data.kept === undefined ? {} : { kept: data.kept }),
      ...(data.remedy === undefined ? {} : { remedy: data.remedy }),
    });
  }
}

/** Any thrown thing as data; what isn't ours becomes 'internal' without its text, which may hold a path or a transcript. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof AttuneError) return thrown.toData();
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return { code: 'cancelled', message: 'The work was cancelled.' };
  return {
    code: 'internal',
    message: 'Something inside Attune failed. Nothing stored was changed.',
    remedy: 'Try again; if it comes back, the report under Models and system says more.',
  };
}

export const cancelledError = (): AttuneError => new AttuneError('cancelled', 'The work was cancelled.');
