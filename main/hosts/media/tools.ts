/** Where ffmpeg and ffprobe are, made runnable. */
import { constants, rmSync } from 'node:fs';
import { access, chmod, copyFile, mkdtemp, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { toolMissing } from './child.ts';

export interface MediaToolSettings {
  /** Another ffmpeg and ffprobe than the packaged ones; empty or absent: those. */
  ffmpegPath?: string;
  ffprobePath?: string;
}

export interface ToolPaths {
  ffmpeg: string;
  ffprobe: string;
}

/** 'media-tool-missing' when one isn't there or can't be made runnable. */
export async function locateTools(settings: MediaToolSettings): Promise<ToolPaths> {
  const [ffmpeg, ffprobe] = await Promise.all([
    chosen(settings.ffmpegPath, '@ffmpeg-installer', 'ffmpeg'),
    chosen(settings.ffprobePath, '@ffprobe-installer', 'ffprobe'),
  ]);
  return { ffmpeg, ffprobe };
}

/** The path inside the platform's package; in a packaged app programs lie beside the archive, not in it. */
export function packaged(scope: string, program: string): string {
  try {
    const here = createRequire(import.meta.url);
    const fromInstaller = createRequire(here.resolve(`${scope}/${program}/package.json`));
    const file = process.platform === 'win32' ? `${program}.exe` : program;
    const found = fromInstaller.resolve(`${scope}/${process.platform}-${process.arch}/${file}`);
    return found.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`);
  } catch (cause) {
    throw toolMissing(cause);
  }
}

/** A program that the person named is taken as it is, and never changed. */
async function chosen(named: string | undefined, scope: string, program: string): Promise<string> {
  if (named === undefined || named === '') return madeRunnable(packaged(scope, program));
  if (await canRun(named)) return named;
  throw toolMissing();
}

/** Gives a packaged program its run bit where it is missing, in a copy where its folder is read-only; the path to run. */
export async function madeRunnable(path: string): Promise<string> {
  try {
    if (await canRun(path)) return path;
    await chmod(path, 0o755).catch(() => undefined);
    return (await canRun(path)) ? path : await runnableCopy(path);
  } catch (cause) {
    throw toolMissing(cause);
  }
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function runnableCopy(path: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-tools-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const copy = join(folder, basename(path));
  await copyFile(path, copy);
  await chmod(copy, 0o700);
  return copy;
}
