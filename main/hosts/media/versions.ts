/** Which ffmpeg and ffprobe are in use: for the report on this machine. */
import { toolMissing, ToolRun } from './child.ts';
import { locateTools, type MediaToolSettings } from './tools.ts';

const STALL_MS = 60_000;
const MAX_BYTES = 1 << 20;

/** Runs both once. Throws 'media-tool-missing' when one is absent or does not say what it is. */
export async function toolVersions(
  settings: MediaToolSettings,
): Promise<{ ffmpeg: string; ffprobe: string }> {
  const paths = await locateTools(settings);
  const [ffmpeg, ffprobe] = await Promise.all([version(paths.ffmpeg), version(paths.ffprobe)]);
  return { ffmpeg, ffprobe };
}

async function version(program: string): Promise<string> {
  const { text } = await new ToolRun(program, ['-version'], { stallMs: STALL_MS }).text(MAX_BYTES);
  const said = /^ff\w+ version (\S+)/.exec(text)?.[1];
  if (said === undefined) throw toolMissing();
  return said;
}
