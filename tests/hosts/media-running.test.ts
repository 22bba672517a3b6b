/** Cancelling, stopping, waiting, and stored recordings. */
import { createReadStream } from 'node:fs';
import { stat, writeFile, chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ToolRun } from '#main/hosts/media/child.ts';
import type { MediaInput } from '#main/hosts/media/media.ts';
import { H264, MediaFolder, picture, tone } from '../fixtures/media.ts';
import { codeOf, file, hear, see, tools } from './media-reading.ts';

const folder = new MediaFolder();
let server: Server;
let stored: MediaInput;

beforeAll(async () => {
  await folder.make('long.mp4', ...picture(60, '640x360'), ...tone(60), ...H264, '-c:a', 'aac');
  const path = folder.at('long.mp4');
  const { size } = await stat(path);
  server = createServer((request, response) => {
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    const end = range?.[2] ? Number(range[2]) : size - 1;
    response.writeHead(range ? 206 : 200, {
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    });
    createReadStream(path, { start, end })
      .on('error', () => response.destroy())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stored = { kind: 'stored', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/recording/1` };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  folder.remove();
});

describe('a stored recording', () => {
  test('is read like a file, by ranges from a loopback address', async () => {
    const info = await tools.probe(stored);
    expect(info).toEqual(await tools.probe(file(folder.at('long.mp4'))));
    expect(await hear(stored, info)).toEqual(await hear(file(folder.at('long.mp4')), info));
    expect((await see(stored, info)).times.length).toBeGreaterThanOrEqual(300);
  });

  test('a proxy in the environment is not used', async () => {
    process.env['http_proxy'] = 'http://127.0.0.1:9';
    try {
      expect((await tools.probe(stored)).durationMs).toBe(60_000);
    } finally {
      delete process.env['http_proxy'];
    }
  });
});

describe('cancelling', () => {
  test('before the start, and within a second in the middle of sound or frames', async () => {
    const input = file(folder.at('long.mp4'));
    expect(await codeOf(tools.probe(input, { signal: AbortSignal.abort() }))).toBe('cancelled');
    const info = await tools.probe(input);
    const rate = { framesPerSecond: 25, maxWidth: 640, maxHeight: 360 };
    for (const read of [
      (signal: AbortSignal) => tools.audio(input, info, { signal, chunkMs: 100 }),
      (signal: AbortSignal) => tools.frames(input, info, { ...rate, signal }),
      (signal: AbortSignal) => tools.proxy({ ...input }, { ...info, playable: false }, { signal }),
    ]) {
      const stop = new AbortController();
      let began = Infinity;
      const timer = setTimeout(() => {
        began = performance.now();
        stop.abort();
      }, 30);
      const work = async (): Promise<void> => {
        const pieces: AsyncIterable<unknown> = read(stop.signal);
        for await (const piece of pieces) expect(piece).toBeDefined();
      };
      expect(await codeOf(work())).toBe('cancelled');
      clearTimeout(timer);
      expect(performance.now() - began).toBeLessThan(1000);
    }
  });

  test('a reader that stops early ends its ffmpeg', async () => {
    const input = file(folder.at('long.mp4'));
    const info = await tools.probe(input);
    let chunks = 0;
    for await (const chunk of tools.audio(input, info, { chunkMs: 100 })) {
      chunks += chunk.channels.length;
      if (chunks === 3) break;
    }
    expect(chunks).toBe(3);
  });
});

describe('a tool that misbehaves', () => {
  const script = async (name: string, body: string): Promise<string> => {
    await writeFile(folder.at(name), `#!/bin/sh\n${body}\n`);
    await chmod(folder.at(name), 0o755);
    return folder.at(name);
  };

  test('one that gives nothing is stopped', async () => {
    const silent = new ToolRun(await script('silent', 'exec sleep 60'), [], { stallMs: 100 });
    expect(await codeOf(silent.text(100))).toBe('timeout');
  });

  test('one that says too much is stopped', async () => {
    const chatty = new ToolRun(await script('chatty', 'exec yes'), [], { stallMs: 10_000 });
    expect(await codeOf(chatty.text(100_000))).toBe('media-tool-failed');
  });

  test('messages are kept up to a limit', async () => {
    const complaining = new ToolRun(await script('complaining', 'yes | head -c 1000000 >&2; exit 3'), [], {
      stallMs: 10_000,
    });
    const end = await complaining.text(10);
    expect(end.exitCode).toBe(3);
    expect(end.messages.length).toBeLessThanOrEqual(32_768);
  });
});
