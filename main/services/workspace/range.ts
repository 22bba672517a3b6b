/** Byte ranges over HTTP (RFC 9110, section 14), for every way that a player or ffmpeg asks for media. */

export interface RangeResponse {
  status: 200 | 206 | 416;
  /** Bytes start <= i < end of the whole; none with 416. */
  start: number;
  end: number;
  headers: Record<string, string>;
}

/** Answers a `Range` header over `total` bytes. What isn't one single byte range is ignored, as the standard allows. */
export function rangeResponse(total: number, header: string | null | undefined): RangeResponse {
  const wanted = parseRange(total, header ?? '');
  if (wanted === 'whole')
    return {
      status: 200,
      start: 0,
      end: total,
      headers: { 'Accept-Ranges': 'bytes', 'Content-Length': String(total) },
    };
  if (wanted === 'unsatisfiable')
    return {
      status: 416,
      start: 0,
      end: 0,
      headers: { 'Accept-Ranges': 'bytes', 'Content-Length': '0', 'Content-Range': `bytes */${total}` },
    };
  const { start, end } = wanted;
  return {
    status: 206,
    start,
    end,
    headers: {
      'Accept-Ranges': 'bytes',
      'Content-Length': String(end - start),
      'Content-Range': `bytes ${start}-${end - 1}/${total}`,
    },
  };
}

function parseRange(
  total: number,
  header: string,
): { start: number; end: number } | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/.exec(header.trim());
  if (match === null) return 'whole';
  const [, first, last, suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), total);
    return length === 0 ? 'unsatisfiable' : { start: total - length, end: total };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= total) return 'unsatisfiable';
  return { start, end: last === '' ? total : Math.min(Number(last) + 1, total) };
}
