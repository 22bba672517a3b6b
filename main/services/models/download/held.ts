/** What lies there of one file from before: nothing, a part of it, or all; and which version of the server's it is. */
import type { IncomingHttpHeaders } from 'node:http';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '#main/platform/durable.ts';

/** Which version of a file a server sent (RFC 9110 section 8.8). */
const version = z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() });
export type Version = z.infer<typeof version>;

export interface Held {
  bytes: number;
  whole: boolean;
  /** Null with nothing there, or where the server said none. */
  version: Version | null;
}

export const partOf = (file: string): string => `${file}.part`;
const notesOf = (file: string): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.version.json`);

export async function held(file: string): Promise<Held> {
  const sizes = await Promise.all([file, partOf(file)].map((each) => stat(each).catch(() => null)));
  const [all, part] = sizes.map((found) => found?.size);
  const notes = await readFile(notesOf(file), 'utf8').catch(() => '');
  const parsed = version.safeParse(asJson(notes));
  return { bytes: all ?? part ?? 0, whole: all !== undefined, version: parsed.data ?? null };
}

export const noteVersion = (file: string, now: Version): Promise<void> =>
  writeWhole(notesOf(file), JSON.stringify(now));

export async function forget(file: string): Promise<void> {
  for (const each of [file, partOf(file), notesOf(file)]) await rm(each, { force: true });
}

export const versionOf = (headers: IncomingHttpHeaders): Version => ({
  etag: headers.etag ?? null,
  lastModified: headers['last-modified'] ?? null,
});

export const same = (a: Version, b: Version): boolean =>
  a.etag !== null || b.etag !== null
    ? a.etag === b.etag
    : a.lastModified !== null && a.lastModified === b.lastModified;

/** What lets a server send on from the middle of just this version; null where nothing does: a weak tag promises no equal bytes. */
const validator = ({ etag, lastModified }: Version): string | null =>
  etag === null ? lastModified : etag.startsWith('W/') ? null : etag;

/** The headers that ask for no more than is missing. */
export function conditions({ bytes, whole, version: mine }: Held): Record<string, string> {
  if (mine === null) return {};
  if (whole)
    return mine.etag !== null
      ? { 'if-none-match': mine.etag }
      : mine.lastModified !== null
        ? { 'if-modified-since': mine.lastModified }
        : {};
  const strong = validator(mine);
  return strong === null || bytes === 0 ? {} : { range: `bytes=${bytes}-`, 'if-range': strong };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
