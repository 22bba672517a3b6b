/** Downloads whose line breaks, whose server changes or falls silent, whose program is killed or closed, or that are cancelled. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { JobRegistry } from '#main/jobs/registry.ts';
import { CutShort } from '#main/jobs/work.ts';
import { DOWNLOAD_MODEL_STAGES } from '#main/services/models/download/download-model.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import { CAME_WHOLE, DECODER, Downloads, ENCODER } from '../fixtures/downloads.ts';
import { cutAfter, etagOf, modelServer, type ModelServer, type Twist } from '../fixtures/model-server.ts';
import { tinyWhisper } from '../fixtures/whisper.ts';
import { NotedWork } from '../fixtures/work.ts';

const downloads = new Downloads();
/** How a file was asked for. */
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

it('a download that is cut off goes on by itself from the byte where it stopped', async () => {
  const bytes = large();
  const server = await modelServer({ ...tinyWhisper(), [ENCODER]: bytes });
  server.twist = (request, response, at) => {
    if (request.method !== 'GET' || at !== ENCODER || request.headers.range) return false;
    cutAfter(response, bytes, 1_000_000);
    return true;
  };
  // A graph it is not, but it came whole: the next check says so.
  await downloads.refused(server.address, 'model-damaged', /ONNX|cut off/);
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
  await expect(downloads.get(server.address)).rejects.toMatchObject({
    code: 'download-failed',
    message: expect.stringMatching(/127\.0\.0\.1/) as string,
    kept: expect.stringMatching(/what came is kept/) as string,
  });
  expect(await importedModels(downloads.modelsFolder)).toEqual([]);
  const kept = downloads.keptBytes(`${ENCODER}.part`);
  expect(kept.length).toBeGreaterThan(100_000);
  expect(kept.equals(bytes.subarray(0, kept.length))).toBe(true);
  server.twist = () => false;
  server.seen.length = 0;
  return { server, range: `bytes=${kept.length}-` };
}
/** What the encoder was when everything had come: the download is stopped there, as by a closing program. */
async function encoderOf(server: ModelServer, twist: Twist = () => false): Promise<Buffer> {
  const controller = new AbortController();
  server.twist = (request, response, at) => {
    if (request.method === 'GET' && at === DECODER) controller.abort(new CutShort('closing'));
    return twist(request, response, at);
  };
  const work = new NotedWork(controller.signal);
  await expect(downloads.get(server.address, { work })).rejects.toMatchObject({ name: 'AbortError' });
  return downloads.keptBytes(ENCODER);
}

it('a download that broke off is kept, and the next one from that address asks for the rest alone', async () => {
  const bytes = large();
  const { server, range } = await brokenOff(bytes);
  expect((await encoderOf(server)).equals(bytes)).toBe(true);
  expect(got(server, ENCODER)).toEqual([{ status: 206, range }]);
  // What was whole before is asked for only if it changed.
  expect(got(server, 'tokenizer.json')).toEqual([{ status: 304, range: undefined }]);
});

it('it begins anew when the server has another version by now', async () => {
  const { server } = await brokenOff(large());
  const other = large(2 << 20).reverse();
  server.files.set(ENCODER, other);
  expect((await encoderOf(server)).equals(other)).toBe(true);
});

it('it begins anew when a server sends the rest of another version all the same', async () => {
  const { server, range } = await brokenOff(large());
  const other = large(2 << 20).reverse();
  server.files.set(ENCODER, other);
  const from = Number(/\d+/.exec(range)![0]);
  const encoder = await encoderOf(server, (request, response, at) => {
    if (at !== ENCODER || !request.headers.range) return false;
    const end = other.length - 1;
    response.writeHead(206, { etag: '"other"', 'content-range': `bytes ${from}-${end}/${other.length}` });
    response.end(other.subarray(from));
    return true;
  });
  expect(encoder.equals(other)).toBe(true);
});

it.each([
  ['knows no ranges', 200],
  ['refuses the one asked for', 416],
])('it begins anew where a server %s', async (_what, status) => {
  const bytes = large();
  const { server, range } = await brokenOff(bytes);
  const encoder = await encoderOf(server, (request, response, at) => {
    if (request.method !== 'GET' || at !== ENCODER) return false;
    if (status === 416 && request.headers.range) response.writeHead(416).end();
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    return true;
  });
  expect(encoder.equals(bytes)).toBe(true);
  expect(got(server, ENCODER)).toEqual(
    status === 416
      ? [
          { status, range },
          { status: 200, range: undefined },
        ]
      : [{ status, range }],
  );
});

it('a download gives up on a server that falls silent', async () => {
  const server = await modelServer(tinyWhisper());
  server.twist = (_request, _response, at) => at === 'tokenizer.json';
  await expect(downloads.get(server.address, { stallMs: 500 })).rejects.toMatchObject({
    code: 'download-failed',
  });
  const bytes = large();
  server.files.set('tokenizer.json', bytes);
  server.twist = (request, response, at) => {
    if (at !== 'tokenizer.json') return false;
    if (!request.headers.range)
      response.writeHead(200, { 'content-length': bytes.length, etag: '"a"' }).write(bytes.subarray(0, 1000));
    return true;
  };
  await expect(downloads.get(server.address, { stallMs: 500 })).rejects.toMatchObject({
    code: 'download-failed',
  });
  expect(downloads.keptBytes('tokenizer.json.part')).toHaveLength(1000);
});

it('a download says which server can’t be reached, or answers with an error', async () => {
  const gone = await new Promise<number>((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as AddressInfo;
      listener.close(() => resolve(port));
    });
  });
  await expect(downloads.get(`http://127.0.0.1:${gone}/m`)).rejects.toMatchObject({
    code: 'download-failed',
    message: expect.stringContaining(`127.0.0.1:${gone}`) as string,
  });
  const server = await modelServer(tinyWhisper());
  server.twist = (_request, response) => (response.writeHead(503).end(), true);
  await downloads.refused(server.address, 'download-failed', /503/);
});

it('it is under way for another program until the one that downloads is killed, and goes on from there', async () => {
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
    [server.address, downloads.modelsFolder],
    { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  server.seen.length = 0;
  await downloads.refused(server.address, 'download-under-way', /Another Attune/);
  expect(server.seen).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await importedModels(downloads.modelsFolder)).toEqual([]);
  const { length } = downloads.keptBytes(`${ENCODER}.part`);
  expect(length).toBeGreaterThan(100_000);
  server.seen.length = 0;
  expect((await encoderOf(server)).equals(bytes)).toBe(true);
  expect(got(server, ENCODER)).toEqual([{ status: 206, range: `bytes=${length}-` }]);
  expect(readdirSync(downloads.modelsFolder).filter((name) => name.endsWith('.lock'))).toEqual([]);
});

it('what is kept is cleared away by a later download when nobody went on with it for a week', async () => {
  for (const [name, days] of [
    ['.download-old', 8],
    ['.download-young', 6],
  ] as const) {
    mkdirSync(path.join(downloads.modelsFolder, name), { recursive: true });
    const then = Date.now() / 1000 - days * 86_400;
    utimesSync(path.join(downloads.modelsFolder, name), then, then);
  }
  const server = await modelServer(tinyWhisper());
  await expect(downloads.get(server.address)).rejects.toMatchObject(CAME_WHOLE);
  expect(readdirSync(downloads.modelsFolder)).toEqual(['.download-young']);
});

/** A download through the registry, that stops when a hundred thousand bytes of it have come; it gets no more. */
async function stopped(keep: boolean) {
  const bytes = large();
  const server = await modelServer({ ...tinyWhisper(), [ENCODER]: bytes });
  const closed = new Promise<void>((resolve) => {
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || at !== ENCODER) return false;
      response.on('close', resolve);
      response.writeHead(200, { 'content-length': bytes.length, etag: etagOf(bytes) });
      return response.write(bytes.subarray(0, 1_000_000)) || true;
    };
  });
  const jobs = new JobRegistry();
  jobs.onChange(({ id, heldBytes }) => {
    if (heldBytes !== null && heldBytes > 100_000) jobs.cancel(id, keep);
  });
  const { id } = jobs.enqueue({
    ...{ kind: 'model', title: 'm', sessionId: null, recordingId: null, stages: DOWNLOAD_MODEL_STAGES },
    run: async (work) => {
      await downloads.get(server.address, { work });
    },
  });
  const ended = await jobs.whenEnded(id);
  await closed;
  return { bytes, server, ended };
}

it('a download leaves nothing when it is cancelled', async () => {
  const { ended } = await stopped(false);
  expect(ended).toMatchObject({ state: 'cancelled', heldBytes: null });
  await downloads.nothingLeft();
});

it('a cancelled download keeps what came when the person says so, and the next one goes on from there', async () => {
  const { bytes, server, ended } = await stopped(true);
  const { length } = downloads.keptBytes(`${ENCODER}.part`);
  expect(ended).toMatchObject({ state: 'cancelled', heldBytes: length });
  server.seen.length = 0;
  expect((await encoderOf(server)).equals(bytes)).toBe(true);
  expect(got(server, ENCODER)).toEqual([{ status: 206, range: `bytes=${length}-` }]);
});
