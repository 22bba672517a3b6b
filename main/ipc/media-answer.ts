/** What a media request is answered with, whichever protocol it came over. */
import { mediaHeaders, rangeOf } from './byte-range.ts';
import type { MediaSource } from './handlers.ts';

export interface MediaAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

export async function mediaAnswer(
  source: MediaSource,
  token: string,
  rangeHeader: string | null | undefined,
): Promise<MediaAnswer | null> {
  const media = await source.open(token);
  if (media === null) return null;
  const range = rangeOf(rangeHeader, media.sizeBytes);
  return {
    status: range.status,
    headers: mediaHeaders(range, media.sizeBytes, media.mimeType),
    body: range.status === 416 ? null : media.read(range.start, range.end),
  };
}
