import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveArguments } from '#main/serve/arguments.ts';
import { startFiles } from '#main/windows/start-files.ts';
import { isOwnAddress } from '#main/security/network.ts';
import { isOurPage } from '#main/windows/addresses.ts';

describe('recordings named at the start', () => {
  it('are what follows "--", whatever they look like', () => {
    expect(startFiles(['electron', '.', '--no-sandbox', '--', '-x.wav', '/a b.mp4'], false, '/w')).toEqual([
      '/w/-x.wav',
      '/a b.mp4',
    ]);
  });
  it('are plain arguments in a packaged app, and none in a checkout', () => {
    expect(startFiles(['attune', '--flag', 'a.wav'], true, '/w')).toEqual(['/w/a.wav']);
    expect(startFiles(['electron', '.', 'a.wav'], false, '/w')).toEqual([]);
  });
  it('are absolute for the browser window too', () => {
    expect(serveArguments(['--no-open', '--why', 'No display.', '--', '-a.wav'])).toEqual({
      open: false,
      port: 0,
      why: 'No display.',
      files: [path.resolve('-a.wav')],
    });
  });
  it.each([['--port', '70000'], ['--port', 'x'], ['--unknown']])('refuses %s %s', (...args) => {
    expect(() => serveArguments(args)).toThrow(/attune serve/);
  });
});

describe('addresses', () => {
  it.each(['attune://app/', 'attune://app/index.html'])('knows %s as its own page', (url) =>
    expect(isOurPage(url)).toBe(true),
  );
  it.each([
    'attune://other/',
    'https://app/',
    'attune-media://recording/x',
    'file:///etc/passwd',
    'about:blank',
    '',
  ])('does not go to %j', (url) => expect(isOurPage(url)).toBe(false));
  it.each([
    'http://127.0.0.1/',
    'https://example.com/',
    'ws://127.0.0.1:1/',
    'file:///etc/passwd',
    'ftp://x/',
    'x',
  ])('requests nothing from %s', (url) => expect(isOwnAddress(url)).toBe(false));
});
