/** The built interface as files: the only folder a shell serves, and nothing above it. */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface PageFile {
  readonly body: Buffer;
  readonly contentType: string;
}

/** A file of `folder` by its address' path; "/" is index.html. null for what isn't there, lies outside or is of an unknown type. */
export async function pageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  const name = decoded(urlPath);
  const contentType = name === null ? undefined : TYPES[path.extname(name)];
  if (name === null || contentType === undefined) return null;
  try {
    const root = await realpath(folder);
    // Resolved before the comparison, so that neither ".." nor a link leads out.
    const file = await realpath(path.join(root, name));
    if (!file.startsWith(root + path.sep)) return null;
    return { body: await readFile(file), contentType };
  } catch {
    return null;
  }
}

function decoded(urlPath: string): string | null {
  try {
    const name = decodeURIComponent(urlPath);
    if (name.includes('\0') || name.includes('\\')) return null;
    return name === '/' ? '/index.html' : name;
  } catch {
    return null;
  }
}
