/** Arguments of `attune serve`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AttuneError } from '#contract/errors.ts';

export interface ServeArguments {
  readonly open: boolean;
  readonly port: number;
  /** Why this is not Electron, as a sentence for people. */
  readonly why: string | null;
  readonly files: string[];
}

/** Throws 'argument-invalid'. */
export function serveArguments(args: string[]): ServeArguments {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        why: { type: 'string' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('A port is 0 to 65535.');
    return {
      open: !values['no-open'],
      port,
      why: values.why ?? null,
      files: positionals.map((file) => path.resolve(file)),
    };
  } catch (cause) {
    const said = cause instanceof Error ? ` ${cause.message}` : '';
    throw new AttuneError('argument-invalid', `attune serve [--no-open] [--port N] [FILE…]:${said}`, {
      cause,
    });
  }
}
