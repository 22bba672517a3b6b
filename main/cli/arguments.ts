/** What was typed after a command's name. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AttuneError } from '#contract/errors.ts';

export const argumentsDontFit = (help: string, cause?: unknown): AttuneError =>
  new AttuneError('argument-invalid', `These arguments don't fit.\n${help}\n`, { cause });

/** @throws AttuneError 'argument-invalid' with the command's help: an option that is unknown, or without its value */
export function readArguments<T extends ParseArgsConfig>(
  help: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw argumentsDontFit(help, cause);
  }
}
