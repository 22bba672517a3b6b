/** A decoding run of ffmpeg, and what its end says about the recording. */
import { AttuneError } from '#contract/errors.ts';
import type { MediaInfo } from '#contract/media/media-info.ts';
import { ToolRun, type ToolEnd } from './child.ts';
import { FORMAT_WHITELIST, demuxerOf } from './formats.ts';
import { inputArguments, vanished } from './input.ts';
import type { MediaInput } from './media.ts';
import { openingError, tellsOfDamage } from './tool-messages.ts';

const STALL_MS = 120_000;

export interface DecodeOptions {
  /** Where to begin, in milliseconds from the start of the recording; what lies before is skipped, not decoded. */
  fromMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onDamage?: (() => void) | undefined;
}

/**
 * Bytes that ffmpeg writes for `outputArguments` (which end in `pipe:1`). Damage with something decoded before it is told to `onDamage`;
 * 'media-damaged' when nothing could be decoded.
 */
export async function* decode(
  ffmpeg: string,
  input: MediaInput,
  info: MediaInfo,
  outputArguments: readonly string[],
  options: DecodeOptions,
): AsyncGenerator<Uint8Array> {
  const run = new ToolRun(
    ffmpeg,
    [
      ...['-nostdin', '-hide_banner', '-v', 'error'],
      ...seekArguments(options.fromMs ?? 0),
      ...inputArguments(input, demuxerOf(info.format), FORMAT_WHITELIST),
      ...outputArguments,
    ],
    { signal: options.signal, stallMs: STALL_MS },
  );
  let any = false;
  const output = run.output();
  try {
    for (;;) {
      const next = await output.next();
      if (next.done) {
        await judge(next.value, any, input, options);
        return;
      }
      any = true;
      yield next.value;
    }
  } finally {
    await output.return({ exitCode: null, messages: '' });
  }
}

/** Before the input: ffmpeg jumps to the key frame before and drops what was decoded up to the exact place. */
const seekArguments = (fromMs: number): string[] => (fromMs > 0 ? ['-ss', (fromMs / 1000).toFixed(3)] : []);

async function judge(end: ToolEnd, any: boolean, input: MediaInput, options: DecodeOptions): Promise<void> {
  const failed = end.exitCode !== 0;
  if (!any) {
    const lost = await vanished(input);
    if (lost !== null) throw lost;
    if (failed || tellsOfDamage(end.messages)) throw nothingDecoded(end.messages);
  } else if (failed || tellsOfDamage(end.messages)) options.onDamage?.();
}

function nothingDecoded(messages: string): AttuneError {
  const why = openingError(messages, { kind: 'recording' });
  return why.code === 'media-damaged'
    ? new AttuneError('media-damaged', 'The recording is damaged: nothing in it could be decoded.')
    : why;
}
