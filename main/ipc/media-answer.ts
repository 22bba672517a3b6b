/** What a media request is answered with, whichever protocol it came over. */
import { rangeResponse } from '../services/workspace/range.ts';
import type { MediaSource } from './handlers.ts';

export interface MediaAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Nothing of a recording may be cached on disk, or taken for something else than it is. */
const ALWAYS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

export async function mediaAnswer(
  source: MediaSource,
  token: string,
  rangeHeader: string | null | undefined,
): Promise<MediaAnswer | null> {
  const media = await source.open(token);
  if (media === null) return null;
  const { status, start, end, headers } = rangeResponse(media.sizeBytes, rangeHeader);
  if (status === 416) return { status, headers: { ...ALWAYS, ...headers }, body: null };
  return {
    status,
    headers: { ...ALWAYS, ...headers, 'Content-Type': media.mimeType },
    body: media.read(start, end),
  };
}
