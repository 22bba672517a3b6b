/** The arguments of `attune analyze` for files of texts. */
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { dateOrder, textContext, textUnit, type TakenAs, type TextsChoice } from '#contract/texts/choice.ts';
import type { TextsPreview } from '#contract/texts/preview.ts';
import { z } from 'zod';
import { argumentsDontFit, readArguments } from './arguments.ts';

export const TEXTS_HELP = `attune analyze TABLE… [--text-column NAME] [--time-column NAME] [--author-column NAME] [--topic-column NAME]
               [--dates day-first|month-first] [--context alone|conversation] [--sheet NUMBER]
               [--heading|--no-heading] [--unit line|paragraph] [--out DIR] [--json]
  Reads emotion from each text of CSV, TSV, XLSX, JSON, JSON lines, chat exports and plain text: in all, over time, by author and topic.
  --text-column   name of the column, or its number counted from 1; columns not named are found out, "none" leaves one out
  --dates         what 03/04/2025 is, where the file doesn't tell
  --heading       the first row names the columns, or none does, where that is found out wrongly
  --context       conversation: up to six earlier texts of the same chat (the same topic) are read with each
  --out DIR       also writes NAME.attune.json and NAME.csv, a row a text, into DIR`;

const NONE = 'none';
const schema = z.object({
  'text-column': z.string().optional(),
  'time-column': z.string().optional(),
  'author-column': z.string().optional(),
  'topic-column': z.string().optional(),
  dates: dateOrder.optional(),
  context: textContext.optional(),
  sheet: z.coerce.number().int().min(1).max(1000).optional(),
  unit: textUnit.optional(),
  heading: z.boolean().optional(),
  'no-heading': z.boolean().optional(),
  out: z.string().optional(),
  json: z.boolean().optional(),
});

export interface TextsOptions {
  files: string[];
  values: z.infer<typeof schema>;
  as: TakenAs;
  out: string | undefined;
  json: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
export const TEXTS_OPTIONS = {
  ...{ 'text-column': text, 'time-column': text, 'author-column': text, 'topic-column': text },
  ...{ dates: text, context: text, sheet: text, unit: text, out: text },
  ...{ heading: flag, 'no-heading': flag, json: flag },
};

export function textsOptions(args: string[]): TextsOptions {
  const { values, positionals } = readArguments(TEXTS_HELP, {
    args,
    allowPositionals: true,
    options: TEXTS_OPTIONS,
  });
  const checked = schema.safeParse(values);
  if (!checked.success || positionals.length === 0) throw argumentsDontFit(TEXTS_HELP);
  const { sheet, heading, unit, out, json } = checked.data;
  const without = checked.data['no-heading'];
  if (heading === true && without === true) throw argumentsDontFit(TEXTS_HELP);
  return {
    files: positionals,
    values: checked.data,
    as: {
      sheet: sheet === undefined ? null : sheet - 1,
      heading: without === true ? false : (heading ?? null),
      unit: unit ?? null,
    },
    out,
    json: json === true,
  };
}

/** What was found out, but for what was said. @throws 'argument-invalid' for a column that is not there */
export function chosenOf(preview: TextsPreview, { values }: TextsOptions): TextsChoice {
  const { guess } = preview;
  const named = (given: string | undefined, guessed: number | null): number | null =>
    given === undefined ? guessed : given === NONE ? null : placeOf(given, preview);
  const time = named(values['time-column'], guess.columns.time);
  return {
    title: path.parse(preview.name).name.slice(0, 200),
    columns: {
      text: named(values['text-column'], guess.columns.text) ?? guess.columns.text,
      time,
      author: named(values['author-column'], guess.columns.author),
      topic: named(values['topic-column'], guess.columns.topic),
    },
    dateOrder: values.dates ?? preview.columns[time ?? -1]?.dates?.guess ?? guess.dateOrder,
    context: values.context ?? guess.context,
  };
}

function placeOf(given: string, { columns }: TextsPreview): number {
  const exact = columns.findIndex(({ name }) => name === given);
  const alike = columns.findIndex(({ name }) => name.toLowerCase() === given.toLowerCase());
  const number = /^\d+$/.test(given) ? Number(given) - 1 : -1;
  const place = [exact, alike, number].find((found) => found >= 0 && found < columns.length);
  if (place !== undefined) return place;
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  throw new AttuneError('argument-invalid', `There is no column "${given}". The file has ${names}.`);
}
