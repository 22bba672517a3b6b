/** An error as the command line says it: what happened, what was kept, what to do. */
import { toErrorData } from '#contract/errors.ts';

export function complain(thrown: unknown, about?: string): void {
  const { code, message, kept, remedy } = toErrorData(thrown);
  const sentence = [message, kept, remedy].filter(Boolean).join(' ');
  process.stderr.write(`${about === undefined ? '' : `${about}: `}${sentence} [${code}]\n`);
  if (code === 'internal' && process.env['ATTUNE_DEBUG'] && thrown instanceof Error)
    process.stderr.write(`${thrown.stack}\n`);
}
