/** Range requests for media (RFC 9110 section 14): one range, which is all that players ask for. */

export type RangeAnswer =
  { readonly status: 200 | 206; readonly start: number; readonly end: number } | { readonly status: 416 };

/** `end` is exclusive. A header that isn't a single well-formed byte range is ignored, as the RFC says. */
export function rangeOf(header: string | null | undefined, sizeBytes: number): RangeAnswer {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return { status: 200, start: 0, end: sizeBytes };
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  return start < end ? { status: 206, start, end } : { status: 416 };
}

/** Headers of an answer to a media request; nothing of it may be cached on disk. */
export function mediaHeaders(
  answer: RangeAnswer,
  sizeBytes: number,
  mimeType: string,
): Record<string, string> {
  const always = {
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  if (answer.status === 416) return { ...always, 'content-range': `bytes */${sizeBytes}` };
  const body = { ...always, 'content-type': mimeType, 'content-length': String(answer.end - answer.start) };
  if (answer.status === 200) return body;
  return { ...body, 'content-range': `bytes ${answer.start}-${answer.end - 1}/${sizeBytes}` };
}
