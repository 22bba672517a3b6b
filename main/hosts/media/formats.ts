/** Which kinds of file are opened at all. Formats that name other files (playlists, scripts, session descriptions, picture series) are not among them. */

/** Demuxers of recordings, by the names that both ffprobe and an ffmpeg from 2018 on know. */
const RECORDINGS = [
  ...[
    'mov',
    'mp4',
    'm4a',
    '3gp',
    '3g2',
    'mj2',
    'matroska',
    'webm',
    'avi',
    'asf',
    'flv',
    'mpeg',
    'mpegts',
    'mpegvideo',
  ],
  ...[
    'mxf',
    'nut',
    'ogg',
    'wtv',
    'ivf',
    'rm',
    'dv',
    'gif',
    'apng',
    'yuv4mpegpipe',
    'mjpeg',
    'h261',
    'h263',
    'h264',
  ],
  ...[
    'hevc',
    'm4v',
    'vc1',
    'wav',
    'w64',
    'aiff',
    'au',
    'caf',
    'flac',
    'mp3',
    'aac',
    'loas',
    'ac3',
    'eac3',
    'dts',
    'amr',
  ],
  ...[
    'gsm',
    'g722',
    'g729',
    'ape',
    'tta',
    'tak',
    'wv',
    'mpc',
    'mpc8',
    'truehd',
    'mlp',
    'voc',
    'sox',
    'ircam',
    'qcp',
  ],
  ...['dss', 'sbc', 'xwma', 'alaw', 'mulaw', 'nistsphere', 'ilbc', 'spdif', 'rso', 'wsd', 'dsf', 'oma'],
] as const;

/** Demuxers of single pictures. */
const PICTURES = [
  ...[
    'jpeg_pipe',
    'png_pipe',
    'webp_pipe',
    'bmp_pipe',
    'tiff_pipe',
    'ppm_pipe',
    'pgm_pipe',
    'pbm_pipe',
    'pam_pipe',
  ],
  ...['j2k_pipe', 'gif_pipe'],
] as const;

/** Recognised so that a file with nothing but subtitles gets its own answer. */
const SUBTITLES = ['srt', 'webvtt', 'ass'] as const;

/** For `-format_whitelist`: whatever else a file looks like, ffmpeg does not begin to read it as that. */
export const FORMAT_WHITELIST = [...RECORDINGS, ...PICTURES, ...SUBTITLES].join(',');

const allowed = new Set<string>([...RECORDINGS, ...PICTURES, ...SUBTITLES]);

/** The demuxer to force with `-f` for what ffprobe called `format`, e.g. "mov,mp4,m4a,3gp,3g2,mj2"; null when it isn't allowed. */
export function demuxerOf(format: string): string | null {
  return format.split(',').find((name) => allowed.has(name)) ?? null;
}

export const isPictureFormat = (format: string): boolean => PICTURES.some((name) => name === format);

/** Their header says no length, or one that is only guessed from the bit rate. */
const GUESSED_LENGTH = new Set([
  ...['mp3', 'aac', 'loas', 'ac3', 'eac3', 'dts', 'amr', 'gsm', 'g722', 'g729', 'ilbc', 'qcp', 'sbc', 'mpeg'],
  ...['h261', 'h263', 'h264', 'hevc', 'm4v', 'mpegvideo', 'mjpeg', 'vc1', 'dv', 'truehd', 'mlp', 'spdif'],
]);

export const lengthIsGuessed = (format: string): boolean => GUESSED_LENGTH.has(format);
