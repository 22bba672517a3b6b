/** What a player is told about a recording. */
import type { MediaInfo } from '#contract/media/media-info.ts';

/** ffprobe's format names, first match first. */
const TYPES: [name: string, audio: string, video: string][] = [
  ['mp4', 'audio/mp4', 'video/mp4'],
  ['webm', 'audio/webm', 'video/webm'],
  ['matroska', 'audio/webm', 'video/webm'],
  ['ogg', 'audio/ogg', 'video/ogg'],
  ['mp3', 'audio/mpeg', 'audio/mpeg'],
  ['wav', 'audio/wav', 'audio/wav'],
  ['flac', 'audio/flac', 'audio/flac'],
  ['aac', 'audio/aac', 'audio/aac'],
];

export function mediaType(media: MediaInfo): { kind: 'audio' | 'video'; mimeType: string } {
  const kind = media.video !== null && !media.video.still ? 'video' : 'audio';
  const names = media.format.split(',');
  const found = TYPES.find(([name]) => names.includes(name));
  const mimeType = found === undefined ? 'application/octet-stream' : found[kind === 'video' ? 2 : 1];
  return { kind, mimeType };
}
