/** attune://app/ is the built interface, attune-media://recording/<token> a recording; the headers come along. */
import { Readable } from 'node:stream';
import { protocol } from 'electron';
import type { Session } from 'electron';
import { contentPolicy, securityHeaders } from '../security/content-policy.ts';
import { APP_SCHEME, MEDIA_SCHEME } from './addresses.ts';

/** What the two protocols serve; the rest of the program stands behind it. */
export interface ProtocolSources {
  page(urlPath: string): Promise<{ body: Buffer; contentType: string } | null>;
  media(
    token: string,
    rangeHeader: string | null,
  ): Promise<{
    status: number;
    headers: Record<string, string>;
    body: AsyncIterable<Uint8Array> | null;
  } | null>;
}

/** Before the app's 'ready' event. */
export function declareProtocols(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    // CORS so that a recording's sound and picture can be read by the page that plays it.
    { scheme: MEDIA_SCHEME, privileges: { standard: true, secure: true, stream: true, corsEnabled: true } },
  ]);
}

export function serveProtocols(session: Session, sources: ProtocolSources): void {
  const headers = securityHeaders(contentPolicy({ media: [`${MEDIA_SCHEME}:`], connect: [] }));

  session.protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'app' && request.method === 'GET' ? await sources.page(url.pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers });
    return new Response(new Uint8Array(file.body), {
      headers: { ...headers, 'content-type': file.contentType },
    });
  });

  session.protocol.handle(MEDIA_SCHEME, async (request) => {
    const token = new URL(request.url).pathname.slice(1);
    const answer = await sources.media(token, request.headers.get('range'));
    if (answer === null) return new Response(null, { status: 404 });
    const body =
      answer.body === null ? null : Readable.toWeb(Readable.from(answer.body, { objectMode: false }));
    return new Response(body as ReadableStream | null, {
      status: answer.status,
      headers: { ...answer.headers, 'access-control-allow-origin': `${APP_SCHEME}://app` },
    });
  });
}
