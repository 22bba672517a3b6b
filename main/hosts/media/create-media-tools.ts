/** MediaTools on the ffmpeg and ffprobe that the settings or the installation name. */
import type { MediaInfo } from '#contract/media/media-info.ts';
import { readAudio } from './audio.ts';
import { readFrames } from './frames.ts';
import type { MediaInput, MediaTools } from './media.ts';
import { readPicture } from './picture.ts';
import { probe } from './probe.ts';
import { readProxy, type ProxyOptions } from './proxy.ts';
import { locateTools, type MediaToolSettings, type ToolPaths } from './tools.ts';

export interface MediaToolsWithProxy extends MediaTools {
  /** A playable copy for recordings with `playable: false`: PROXY_TYPE says its type. */
  proxy(input: MediaInput, info: MediaInfo, options?: ProxyOptions): AsyncIterable<Uint8Array>;
}

/**
 * `settings` is asked at every call. The tools are looked for when it names others than before, and again after a failure. Every call may
 * throw 'media-tool-missing'.
 */
export function createMediaTools(settings: () => MediaToolSettings = () => ({})): MediaToolsWithProxy {
  let located: { named: string; paths: Promise<ToolPaths> } | null = null;
  const tools = (): Promise<ToolPaths> => {
    const current = settings();
    const named = JSON.stringify([current.ffmpegPath, current.ffprobePath]);
    if (located?.named !== named) {
      const paths = locateTools(current);
      paths.catch(() => (located = null));
      located = { named, paths };
    }
    return located.paths;
  };
  return {
    probe: async (input, options = {}) => probe((await tools()).ffprobe, input, options.signal),
    async *audio(input, info, options = {}) {
      yield* readAudio((await tools()).ffmpeg, input, info, options);
    },
    async *frames(input, info, options) {
      yield* readFrames((await tools()).ffmpeg, input, info, options);
    },
    picture: async (input, options = {}) => readPicture((await tools()).ffmpeg, input, options),
    async *proxy(input, info, options = {}) {
      yield* readProxy((await tools()).ffmpeg, input, info, options);
    },
  };
}
