/** What a manifest's `settings`, or a file of numbers beside it, must hold before a model is used. */
import type { z } from 'zod';
import { AttuneError } from '#contract/errors.ts';

/** @param what the model, as people call it @throws AttuneError 'model-incompatible' */
export function parsedSettings<T extends z.ZodType>(
  schema: T,
  settings: unknown,
  what: string,
  remedy?: string,
): z.output<T> {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new AttuneError(
    'model-incompatible',
    `The settings of the ${what} model don't fit this version of Attune.`,
    { cause: parsed.error, ...(remedy === undefined ? {} : { remedy }) },
  );
}
