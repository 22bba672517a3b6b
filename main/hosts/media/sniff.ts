/** What the first bytes of a file say, before any tool opens it. */

export const HEAD_BYTES = 4096;

export type Sniffed =
  /** A playlist, script or description that would make a player open something else. */
  | { kind: 'refers-elsewhere' }
  /** A picture, with the demuxer to force: its name must not make ffmpeg look for a series of pictures. */
  | { kind: 'picture'; demuxer: string }
  /** The signature of a recording, even if what follows can't be read. */
  | { kind: 'recording' }
  | { kind: 'unknown' };

const POINTING_TEXTS = [
  /^#EXTM3U/i,
  /^#EXT-X-/im,
  /^ffconcat version/i,
  /^\s*(file|duration|stream|inpoint) +\S+/i,
  /<MPD[\s>]/,
  /<SmoothStreamingMedia[\s>]/,
  /^v=0\r?\n(o|s)=/,
  /^\[playlist\]/i,
  /^\[reference\]/i,
  /<(asx|smil|xspf|playlist)[\s>]/i,
  /^(https?|rtsp|rtmp|ftp|file):\/\/\S+\s*$/im,
];

const PICTURE_SIGNATURES: [demuxer: string, offset: number, bytes: string][] = [
  ['jpeg_pipe', 0, '\xff\xd8\xff'],
  ['png_pipe', 0, '\x89PNG\r\n\x1a\n'],
  ['webp_pipe', 8, 'WEBP'],
  ['bmp_pipe', 0, 'BM'],
  ['tiff_pipe', 0, 'II*\0'],
  ['tiff_pipe', 0, 'MM\0*'],
  ['j2k_pipe', 4, 'jP  \r\n\x87\n'],
  ['pgm_pipe', 0, 'P5'],
  ['ppm_pipe', 0, 'P6'],
];

const RECORDING_SIGNATURES: [offset: number, bytes: string][] = [
  [4, 'ftyp'],
  [4, 'moov'],
  [4, 'mdat'],
  [4, 'wide'],
  [0, '\x1a\x45\xdf\xa3'],
  [0, 'RIFF'],
  [0, 'RF64'],
  [0, 'OggS'],
  [0, 'fLaC'],
  [0, 'ID3'],
  [0, 'FORM'],
  [0, 'FLV'],
  [0, '#!AMR'],
  [0, 'caff'],
];

/** `head` is the beginning of the file, up to HEAD_BYTES. */
export function sniff(head: Uint8Array): Sniffed {
  const bytes = String.fromCharCode(...head.subarray(0, HEAD_BYTES));
  const picture = PICTURE_SIGNATURES.find(([, offset, signature]) => bytes.startsWith(signature, offset));
  if (picture !== undefined && (picture[0] !== 'bmp_pipe' || plausibleBitmap(head)))
    return { kind: 'picture', demuxer: picture[0] };
  if (RECORDING_SIGNATURES.some(([offset, signature]) => bytes.startsWith(signature, offset)))
    return { kind: 'recording' };
  const text = bytes.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (isText(head) && POINTING_TEXTS.some((pattern) => pattern.test(text)))
    return { kind: 'refers-elsewhere' };
  return { kind: 'unknown' };
}

/** "BM" also begins words: the four reserved bytes of a bitmap's header are zero. */
const plausibleBitmap = (head: Uint8Array): boolean =>
  head.length > 26 && head.subarray(6, 10).every((byte) => byte === 0);

const isText = (head: Uint8Array): boolean =>
  head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
