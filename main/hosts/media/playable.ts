/** What Chromium plays without help (tried in Chromium 130 and 156). */

const CODECS: { formats: string[]; video: string[]; audio: string[] }[] = [
  { formats: ['mov', 'mp4'], video: ['h264', 'vp9', 'av1'], audio: ['aac', 'mp3', 'opus', 'flac'] },
  {
    formats: ['matroska', 'webm'],
    video: ['h264', 'vp8', 'vp9', 'av1'],
    audio: ['aac', 'mp3', 'opus', 'vorbis', 'flac'],
  },
  {
    formats: ['wav'],
    video: [],
    audio: ['pcm_s16le', 'pcm_s24le', 'pcm_u8', 'pcm_f32le', 'pcm_mulaw', 'pcm_alaw'],
  },
  { formats: ['ogg'], video: [], audio: ['vorbis', 'opus', 'flac'] },
  { formats: ['mp3'], video: [], audio: ['mp3'] },
  { formats: ['flac'], video: [], audio: ['flac'] },
  { formats: ['aac'], video: [], audio: ['aac'] },
];
/** Eight bits a colour, not 4:2:2 or 4:4:4 (those decode only in some builds). */
const PIXEL_FORMATS = new Set(['', 'yuv420p', 'yuvj420p']);

export interface PlayableQuestion {
  /** ffprobe's format name. */
  format: string;
  audioCodec: string | null;
  /** Null without moving pictures. */
  videoCodec: string | null;
  pixelFormat: string;
  /** False for a recorder's file without a length: it plays, but nobody can jump in it. */
  lengthInHeader: boolean;
}

export function isPlayable(question: PlayableQuestion): boolean {
  const names = question.format.split(',');
  const kind = CODECS.find(({ formats }) => formats.some((format) => names.includes(format)));
  if (kind === undefined || !question.lengthInHeader) return false;
  const { audioCodec, videoCodec, pixelFormat } = question;
  if (videoCodec !== null && !(kind.video.includes(videoCodec) && PIXEL_FORMATS.has(pixelFormat)))
    return false;
  if (audioCodec !== null && !kind.audio.includes(audioCodec)) return false;
  return audioCodec !== null || videoCodec !== null;
}
