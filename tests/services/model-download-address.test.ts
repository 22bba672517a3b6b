/** Which addresses a model may come from, and where they may lead. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadRequest } from '#contract/models/address.ts';
import { nextHop } from '#main/services/models/download/request.ts';
import { certificateOfThisMachine, hasOpenssl } from '../fixtures/certificate.ts';
import { CAME_WHOLE, Downloads } from '../fixtures/downloads.ts';
import { modelServer } from '../fixtures/model-server.ts';
import { tinyWhisper } from '../fixtures/whisper.ts';

const downloads = new Downloads();

describe('an address', () => {
  const allowed = (address: string): boolean => downloadRequest.safeParse({ address, sha256: null }).success;

  it('is encrypted or on this machine, and holds nobody’s name', () => {
    expect(
      ['https://models.example/m', 'http://127.0.0.1:8080/m', 'http://localhost/m', 'http://[::1]/m'].filter(
        (each) => !allowed(each),
      ),
    ).toEqual([]);
    expect(
      [
        '',
        'models',
        'http://models.example/m',
        'http://127.0.0.1.example/',
        'ftp://models.example/m',
        'file:///etc/passwd',
        'https://me:secret@models.example/m',
        `https://models.example/${'m'.repeat(2048)}`,
      ].filter(allowed),
    ).toEqual([]);
  });

  it.each([
    ['http://models.example/config.json', /not encrypted/],
    ['https://me@models.example/config.json', /not encrypted/],
    ['/config.json', /one address after the other/],
  ])('that leads to %s is not followed', async (location, why) => {
    const server = await modelServer(tinyWhisper());
    server.twist = (_request, response) => (response.writeHead(302, { location }).end(), true);
    await downloads.refused(server.address, 'download-redirected', why);
    await downloads.nothingLeft();
    expect(server.seen.length).toBeLessThanOrEqual(6);
  });

  it('of a stranger does not lead to this machine, and one of this machine may lead anywhere that is encrypted', () => {
    const refused = expect.objectContaining({ code: 'download-redirected' }) as Error;
    const stranger = new URL('https://models.example/m/config.json');
    expect(nextHop(stranger, '../other/config.json').href).toBe('https://models.example/other/config.json');
    expect(nextHop(stranger, 'https://files.example/a?signed=1').href).toBe(
      'https://files.example/a?signed=1',
    );
    for (const location of [
      'http://127.0.0.1:9200/',
      'https://localhost/',
      'http://[::1]/',
      'http://models.example/',
      'file:///etc/passwd',
      'http://[',
    ])
      expect(() => nextHop(stranger, location)).toThrow(refused);
    expect(nextHop(new URL('http://localhost/m'), 'https://models.example/').href).toBe(
      'https://models.example/',
    );
  });

  it.skipIf(!hasOpenssl)(
    'is asked over TLS, and only from a server that proves who it is (needs openssl)',
    async () => {
      const { key, cert } = certificateOfThisMachine();
      const server = await modelServer(tinyWhisper(), { key, cert });
      expect(server.address).toMatch(/^https:/);
      await downloads.refused(server.address, 'download-failed', /could not prove/);
      expect(server.seen).toEqual([]);
      const trusted = getCACertificates('default');
      onTestFinished(() => setDefaultCACertificates(trusted));
      setDefaultCACertificates([cert]);
      await expect(downloads.get(server.address)).rejects.toMatchObject(CAME_WHOLE);
    },
  );
});
