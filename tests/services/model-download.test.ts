/** Whisper models from a real server on this machine, which fails in the ways that servers and lines do. */
import { createHash } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { downloadRequest } from '#contract/models/address.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { CutShort } from '#main/jobs/work.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import { downloadModel } from '#main/services/models/download/download-model.ts';
import { cutAfter, etagOf, modelServer, type ModelServer } from '../fixtures/model-server.ts';
import { hasWhisper, tinyWhisper, WHISPER_BASE } from '../fixtures/whisper.ts';
import { NotedWork } from '../fixtures/work.ts';
import { startInference } from '../hosts/fixtures/inference.ts';

const DECODER = 'onnx/decoder_model_merged_quantized.onnx';
const ENCODER = 'onnx/encoder_model_quantized.onnx';

let home: string;
let modelsFolder: string;
const inference = startInference();
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'attune-model-download-'));
  modelsFolder = path.join(home, 'models');
});
afterEach(() => rmSync(home, { recursive: true }));
afterAll(() => inference.dispose());

interface Options {
  sha256?: string | null;
  work?: NotedWork;
  stallMs?: number;
}
const get = (
  address: string,
  { sha256 = null, work, stallMs = 20_000 }: Options = {},
): Promise<ModelManifest> =>
  downloadModel(
    { address, sha256 },
    { modelsFolder, inference, patience: { stallMs, pauseMs: 0 } },
    work ?? new NotedWork(),
  );

/** Made graphs compute something else: what refuses them is the try, after everything came and was checked. */
const WHOLE = { code: 'model-incompatible', message: expect.not.stringMatching(/page|missing/) as string };

/** What a download keeps, by its paths. */
function left(): string[] {
  try {
    return readdirSync(modelsFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(modelsFolder, path.join(entry.parentPath, entry.name)))
      .map((file) => file.split(path.sep).slice(1).join('/'))
      .filter((file) => !file.endsWith('.version.json'))
      .sort();
  } catch {
    return [];
  }
}
const keptBytes = (name: string): Buffer =>
  readFileSync(path.join(modelsFolder, readdirSync(modelsFolder)[0]!, name));
async function nothingLeft(): Promise<void> {
  expect(await importedModels(modelsFolder)).toEqual([]);
  expect(readdirSync(modelsFolder)).toEqual([]);
}
const below = (prefix: string, files: Record<string, Uint8Array>): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${prefix}${name}`, bytes]));
const got = ({ seen }: ModelServer, name: string): { status: number; range: string | undefined }[] =>
  seen
    .filter(({ method, path: at }) => method === 'GET' && at === name)
    .map(({ status, headers }) => ({ status, range: headers.range }));
/** Larger than what lies in the buffers of a connection, and no run of it like another. */
const large = (bytes = 3 << 20): Uint8Array => {
  const all = new Uint8Array(bytes);
  for (let i = 0, x = 1; i < bytes; i++) all[i] = (x = (x * 48271) % 2147483647) >> 7;
  return all;
};

describe('a folder', () => {
  it.skipIf(!hasWhisper)('comes in, listed and whole (needs ../shared: models/whisper-base)', async () => {
    const files = (readdirSync(WHISPER_BASE, { recursive: true }) as string[])
      .filter((name) => /\.(json|onnx)$/.test(name))
      .map((name): [string, Uint8Array] => [
        `whisper-base/${name.replaceAll('\\', '/')}`,
        readFileSync(path.join(WHISPER_BASE, name)),
      ]);
    const server = await modelServer(Object.fromEntries(files));
    const work = new NotedWork();
    const manifest = await get(`${server.address}whisper-base`, { work });
    expect(work.ended).toMatchObject({ 'model-download': 'done', 'model-try': 'done' });
    expect(manifest).toMatchObject({ id: 'whisper-base', source: { kind: 'imported' } });
    expect(readdirSync(modelsFolder)).toEqual(['whisper-base']);
    for (const { path: name, sha256 } of manifest.files)
      expect(
        createHash('sha256')
          .update(readFileSync(path.join(modelsFolder, manifest.id, name)))
          .digest('hex'),
      ).toBe(sha256);
  });

  it('is fetched whole, and nothing but the request is sent', async () => {
    const server = await modelServer(below('m/', tinyWhisper()));
    await expect(get(`${server.address}m/`)).rejects.toMatchObject(WHOLE);
    await nothingLeft();
    for (const name of Object.keys(tinyWhisper())) expect(got(server, `m/${name}`)).toHaveLength(1);
    for (const { headers } of server.seen)
      expect(Object.keys(headers).sort()).toEqual(['accept-encoding', 'connection', 'host']);
  });

  it('is found behind the page of a hub, or of one of its versions', async () => {
    const server = await modelServer({
      ...below('somebody/m/resolve/main/', tinyWhisper()),
      ...below('somebody/m/resolve/v2/', tinyWhisper()),
    });
    // Hubs answer anything below a page with a page.
    server.twist = (_request, response, at) => {
      if (at.includes('resolve')) return false;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>');
      return true;
    };
    await expect(get(`${server.address}somebody/m?tab=files#top`)).rejects.toMatchObject(WHOLE);
    await expect(get(`${server.address}somebody/m/tree/v2`)).rejects.toMatchObject(WHOLE);
    expect(got(server, `somebody/m/resolve/v2/${DECODER}`)).toHaveLength(1);
  });

  it('gives the next precision where the first is not there, and none whose numbers lie apart', async () => {
    const { [ENCODER]: encoder, [DECODER]: decoder, ...json } = tinyWhisper();
    const server = await modelServer({
      ...json,
      [ENCODER]: encoder!,
      'onnx/encoder_model_int8.onnx': encoder!,
      'onnx/decoder_model_merged_int8.onnx': decoder!,
      'onnx/decoder_model_merged_int8.onnx_data': decoder!,
      'onnx/encoder_model_q4.onnx': encoder!,
      'onnx/decoder_model_merged_q4.onnx': decoder!,
    });
    await expect(get(server.address)).rejects.toMatchObject(WHOLE);
    expect(
      server.seen
        .filter(({ method, path: at }) => method === 'GET' && at.endsWith('.onnx'))
        .map((seen) => seen.path),
    ).toEqual(['onnx/encoder_model_q4.onnx', 'onnx/decoder_model_merged_q4.onnx']);
  });

  it.each(['config.json', 'tokenizer.json', ENCODER, DECODER])(
    'without %s is refused by that name',
    async (name) => {
      const { [name]: _gone, ...rest } = tinyWhisper();
      const server = await modelServer(rest);
      await expect(get(server.address)).rejects.toMatchObject({
        code: 'download-no-model',
        message: expect.stringMatching(
          name === DECODER ? /decoder/ : new RegExp(path.basename(name)),
        ) as string,
      });
      await nothingLeft();
    },
  );

  it('of another model, or of one that is here already, is refused before its weights come', async () => {
    const bert = new TextEncoder().encode(JSON.stringify({ model_type: 'bert' }));
    const server = await modelServer({ ...tinyWhisper(), 'config.json': bert });
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'model-incompatible',
      message: expect.stringMatching(/bert/) as string,
    });
    await nothingLeft();
    server.files.set('config.json', tinyWhisper()['config.json']!);
    mkdirSync(path.join(modelsFolder, 'whisper-tiny-made'));
    await expect(get(server.address)).rejects.toMatchObject({ code: 'model-exists' });
    expect(readdirSync(modelsFolder)).toEqual(['whisper-tiny-made']);
    expect(server.seen.some(({ path: at }) => at.endsWith('.onnx'))).toBe(false);
  });

  it('that answers with a page in the place of a file is refused', async () => {
    const server = await modelServer(tinyWhisper());
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || at !== DECODER) return false;
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>');
      return true;
    };
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'download-no-model',
      message: expect.stringMatching(/web page/) as string,
    });
    await nothingLeft();
  });
});

describe('a download that is cut off', () => {
  it('goes on by itself from the byte where it stopped', async () => {
    const bytes = large();
    const server = await modelServer({ ...tinyWhisper(), [ENCODER]: bytes });
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || at !== ENCODER || request.headers.range) return false;
      cutAfter(response, bytes, 1_000_000);
      return true;
    };
    // A graph it is not, but it came whole: the next check says so.
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'model-damaged',
      message: expect.stringMatching(/ONNX|cut off/) as string,
    });
    expect(got(server, ENCODER)).toEqual([
      { status: 200, range: undefined },
      { status: 206, range: expect.stringMatching(/^bytes=\d{6,}-$/) as string },
    ]);
  });

  /** A download whose encoder broke off at a million bytes, with the server out of reach after that. */
  async function brokenOff(bytes: Uint8Array): Promise<{ server: ModelServer; range: string }> {
    const server = await modelServer({ ...tinyWhisper(), [ENCODER]: bytes });
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || at !== ENCODER) return false;
      if (request.headers.range) response.destroy();
      else cutAfter(response, bytes, 1_000_000);
      return true;
    };
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringMatching(/127\.0\.0\.1/) as string,
      kept: expect.stringMatching(/what came is kept/) as string,
    });
    expect(await importedModels(modelsFolder)).toEqual([]);
    const kept = keptBytes(`${ENCODER}.part`);
    expect(kept.length).toBeGreaterThan(100_000);
    expect(kept.equals(bytes.subarray(0, kept.length))).toBe(true);
    server.twist = () => false;
    server.seen.length = 0;
    return { server, range: `bytes=${kept.length}-` };
  }
  /** What the encoder was when everything had come: the download is stopped there, as by a closing program. */
  async function encoderOf(server: ModelServer): Promise<Buffer> {
    const controller = new AbortController();
    server.twist = (request, _response, at) => {
      if (request.method === 'GET' && at === DECODER) controller.abort(new CutShort('closing'));
      return false;
    };
    await expect(get(server.address, { work: new NotedWork(controller.signal) })).rejects.toMatchObject({
      name: 'AbortError',
    });
    return keptBytes(ENCODER);
  }

  it('is kept, and the next one from that address asks for the rest alone', async () => {
    const bytes = large();
    const { server, range } = await brokenOff(bytes);
    expect((await encoderOf(server)).equals(bytes)).toBe(true);
    expect(got(server, ENCODER)).toEqual([{ status: 206, range }]);
    // What was whole before is asked for only if it changed.
    expect(got(server, 'tokenizer.json')).toEqual([{ status: 304, range: undefined }]);
  });

  it('begins anew when the server has another version by now', async () => {
    const { server } = await brokenOff(large());
    const other = large(2 << 20).reverse();
    server.files.set(ENCODER, other);
    expect((await encoderOf(server)).equals(other)).toBe(true);
  });

  it('begins anew when a server sends the rest of another version', async () => {
    const { server } = await brokenOff(large());
    const other = large(2 << 20).reverse();
    server.files.set(ENCODER, other);
    const controller = new AbortController();
    server.twist = (request, response, at) => {
      if (request.method === 'GET' && at === DECODER) controller.abort(new CutShort('closing'));
      if (at !== ENCODER || !request.headers.range) return false;
      response.writeHead(206, {
        etag: '"other"',
        'content-range': `bytes 1000000-${other.length - 1}/${other.length}`,
      });
      response.end(other.subarray(1_000_000));
      return true;
    };
    await expect(get(server.address, { work: new NotedWork(controller.signal) })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(keptBytes(ENCODER).equals(other)).toBe(true);
  });

  it('begins anew where a server knows no ranges, and where it refuses the one asked for', async () => {
    const bytes = large();
    for (const answer of ['all', 416]) {
      const { server, range } = await brokenOff(bytes);
      const { files } = server;
      const asked: (string | undefined)[] = [];
      const controller = new AbortController();
      server.twist = (request, response, at) => {
        if (request.method === 'GET' && at === DECODER) controller.abort(new CutShort('closing'));
        if (request.method !== 'GET' || at !== ENCODER) return false;
        asked.push(request.headers.range);
        if (answer === 416 && request.headers.range) response.writeHead(416).end();
        else response.writeHead(200, { 'content-length': bytes.length }).end(files.get(ENCODER));
        return true;
      };
      await expect(get(server.address, { work: new NotedWork(controller.signal) })).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(asked).toEqual(answer === 416 ? [range, undefined] : [range]);
      expect(keptBytes(ENCODER).equals(bytes)).toBe(true);
      rmSync(modelsFolder, { recursive: true });
    }
  });

  it('gives up on a server that falls silent', async () => {
    const server = await modelServer(tinyWhisper());
    server.twist = (_request, _response, at) => at === 'tokenizer.json';
    await expect(get(server.address, { stallMs: 500 })).rejects.toMatchObject({ code: 'download-failed' });
    const bytes = large();
    server.files.set('tokenizer.json', bytes);
    server.twist = (request, response, at) => {
      if (at !== 'tokenizer.json') return false;
      if (!request.headers.range)
        response
          .writeHead(200, { 'content-length': bytes.length, etag: '"a"' })
          .write(bytes.subarray(0, 1000));
      return true;
    };
    await expect(get(server.address, { stallMs: 500 })).rejects.toMatchObject({ code: 'download-failed' });
    expect(keptBytes('tokenizer.json.part')).toHaveLength(1000);
  });

  it('says which server can’t be reached, or answers with an error', async () => {
    const gone = await new Promise<number>((resolve) => {
      const listener = createServer().listen(0, '127.0.0.1', () => {
        const { port } = listener.address() as AddressInfo;
        listener.close(() => resolve(port));
      });
    });
    await expect(get(`http://127.0.0.1:${gone}/m`)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining(`127.0.0.1:${gone}`) as string,
    });
    const server = await modelServer(tinyWhisper());
    server.twist = (_request, response) => (response.writeHead(503).end(), true);
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringMatching(/503/) as string,
    });
  });

  it('goes on after its program was killed', async () => {
    const bytes = large();
    const server = await modelServer({ ...tinyWhisper(), [ENCODER]: bytes });
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || at !== ENCODER) return false;
      // The rest never comes.
      response.writeHead(200, { 'content-length': bytes.length, etag: etagOf(bytes) });
      return response.write(bytes.subarray(0, 1_000_000)) || true;
    };
    const child = fork(
      path.join(import.meta.dirname, '../fixtures/download-and-hang.ts'),
      [server.address, modelsFolder],
      { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await importedModels(modelsFolder)).toEqual([]);
    const { length } = keptBytes(`${ENCODER}.part`);
    expect(length).toBeGreaterThan(100_000);
    server.seen.length = 0;
    expect((await encoderOf(server)).equals(bytes)).toBe(true);
    expect(got(server, ENCODER)).toEqual([{ status: 206, range: `bytes=${length}-` }]);
  });

  it('is cleared away by a later one when nobody went on with it for a week', async () => {
    for (const [name, days] of [
      ['.download-old', 8],
      ['.download-young', 6],
    ] as const) {
      mkdirSync(path.join(modelsFolder, name), { recursive: true });
      const then = Date.now() / 1000 - days * 86_400;
      utimesSync(path.join(modelsFolder, name), then, then);
    }
    const server = await modelServer(tinyWhisper());
    await expect(get(server.address)).rejects.toMatchObject(WHOLE);
    expect(readdirSync(modelsFolder)).toEqual(['.download-young']);
  });

  it('leaves nothing when it is cancelled', async () => {
    const bytes = large();
    const server = await modelServer({ ...tinyWhisper(), [ENCODER]: bytes });
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      server.twist = (request, response, at) => {
        if (request.method !== 'GET' || at !== ENCODER) return false;
        response.on('close', resolve);
        // The rest never comes.
        response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1_000_000));
        return true;
      };
    });
    const work = new NotedWork(controller.signal, (_stage, fraction) => {
      if (fraction > 0) controller.abort();
    });
    await expect(get(server.address, { work })).rejects.toMatchObject({ name: 'AbortError' });
    await nothingLeft();
    await closed;
  });
});

describe('what a server states', () => {
  it('is compared: a file of another SHA-256 is deleted, the others are kept', async () => {
    const files = tinyWhisper();
    const server = await modelServer(files);
    const state =
      (sha256: string): ModelServer['twist'] =>
      (request, response, at) => {
        if (at === ENCODER) response.setHeader('x-linked-etag', `"${sha256}"`);
        // Hubs say it on the way to where the file lies.
        if (at !== ENCODER || request.method !== 'GET') return false;
        response.writeHead(302, { location: '/elsewhere/encoder' }).end();
        return true;
      };
    server.files.set('elsewhere/encoder', files[ENCODER]!);
    server.twist = state('ab'.repeat(32));
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'download-mismatch',
      message: expect.stringMatching(/encoder_model_quantized\.onnx.*SHA-256/) as string,
    });
    expect(left()).toEqual([
      'config.json',
      'generation_config.json',
      'preprocessor_config.json',
      'tokenizer.json',
    ]);
    server.twist = state(createHash('sha256').update(files[ENCODER]!).digest('hex'));
    await expect(get(server.address)).rejects.toMatchObject(WHOLE);
  });

  it('is held to: more bytes than it announced, or fewer, are no file', async () => {
    const server = await modelServer(tinyWhisper());
    const bytes = tinyWhisper()['tokenizer.json']!;
    const sends =
      (linked: number): ModelServer['twist'] =>
      (_request, response, at) => {
        if (at !== 'tokenizer.json') return false;
        // In chunks, whose number nothing says beforehand.
        response.writeHead(200, { 'x-linked-size': linked });
        response.write(bytes);
        response.end();
        return true;
      };
    server.twist = sends(bytes.length - 1);
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'download-mismatch',
      message: expect.stringMatching(/not as long/) as string,
    });
    server.twist = sends(bytes.length + 1);
    await expect(get(server.address)).rejects.toMatchObject({ code: 'download-failed' });
  });

  it('is held to: what comes after the announced end is not taken', async () => {
    const listener = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}{"more": true}'));
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void listener.close());
    const { port } = listener.address() as AddressInfo;
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: expect.stringMatching(/^(model-incompatible|download-failed)$/) as string,
    });
  });

  it('is refused where it is larger than any model', async () => {
    const server = await modelServer(tinyWhisper());
    server.twist = (_request, response, at) =>
      at === 'tokenizer.json' &&
      (response.writeHead(200, { 'content-length': 2 ** 30 }).flushHeaders(), true);
    await expect(get(server.address)).rejects.toMatchObject({ code: 'file-too-large' });
    await nothingLeft();
  });
});

describe('an archive', () => {
  const archive = (): Uint8Array => zipSync(below('whisper-made/', tinyWhisper()), { level: 6 });
  const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  it('with the SHA-256 that the person gave is opened', async () => {
    const bytes = archive();
    const server = await modelServer({ 'm.zip': bytes });
    await expect(get(`${server.address}m.zip`, { sha256: hashOf(bytes) })).rejects.toMatchObject(WHOLE);
    await nothingLeft();
  });

  it('with another is deleted unopened', async () => {
    const server = await modelServer({ 'm.zip': new TextEncoder().encode('no archive at all') });
    await expect(get(`${server.address}m.zip`, { sha256: hashOf(archive()) })).rejects.toMatchObject({
      code: 'download-mismatch',
      message: expect.stringMatching(/that you gave/) as string,
    });
    expect(left()).toEqual([]);
  });

  it('that is none, or a page, is refused', async () => {
    const server = await modelServer({ 'm.zip': new TextEncoder().encode('no archive at all') });
    await expect(get(`${server.address}m.zip`)).rejects.toMatchObject({ code: 'model-damaged' });
    await nothingLeft();
    await expect(get(`${server.address}other.zip`)).rejects.toMatchObject({ code: 'download-no-model' });
    await nothingLeft();
  });

  it('alone has a SHA-256', async () => {
    const server = await modelServer(tinyWhisper());
    await expect(get(server.address, { sha256: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'argument-invalid',
    });
    expect(server.seen).toEqual([]);
  });
});

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
    await expect(get(server.address)).rejects.toMatchObject({
      code: 'download-redirected',
      message: expect.stringMatching(why) as string,
    });
    await nothingLeft();
    expect(server.seen.length).toBeLessThanOrEqual(6);
  });
});
