import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { METHOD_NAMES, methods } from '#contract/methods/table.ts';
import { dispatch } from '#main/ipc/dispatch.ts';
import type { DispatchOptions } from '#main/ipc/dispatch.ts';
import type { Handlers } from '#main/ipc/handlers.ts';
import { smallApp } from './support/small-app.ts';

const SECRET = 'Erika Mustermann weint.wav';
const JUNK: unknown[] = [
  null,
  undefined,
  true,
  42.5,
  -1,
  Number.NaN,
  '',
  SECRET,
  SECRET.repeat(3000),
  [],
  [SECRET],
  {},
  { [SECRET]: SECRET },
  { kind: SECRET },
  new Date(0),
  Symbol.iterator,
];

function started(): { options: DispatchOptions; calls: string[]; failures: string[] } {
  const app = smallApp();
  const failures: string[] = [];
  const options: DispatchOptions = {
    handlers: app.handlers,
    checkOutput: true,
    onFailure: (method, code) => failures.push(`${method ?? '-'} ${code}`),
  };
  return { options, calls: app.calls, failures };
}

describe('dispatch', () => {
  it.each(['app.nothing', '', '__proto__', 'constructor', 'toString', 42, null, undefined, {}])(
    'refuses the unknown method %s',
    async (method) => {
      const { options, calls } = started();
      const answer = await dispatch(options, { sender: 'electron', method, input: {} });
      expect(answer).toMatchObject({ ok: false, error: { code: 'method-unknown' } });
      expect(calls).toEqual([]);
    },
  );

  it.each(METHOD_NAMES)(
    'refuses %s from a sender that is not trusted, before anything else',
    async (method) => {
      const { options, calls, failures } = started();
      const answer = await dispatch(options, { sender: null, method, input: {} });
      expect(answer).toMatchObject({ ok: false, error: { code: 'sender-untrusted' } });
      expect(calls).toEqual([]);
      expect(failures).toEqual(['- sender-untrusted']);
    },
  );

  it.each(METHOD_NAMES)(
    'hands %s to its handler exactly when the argument fits the schema',
    async (method) => {
      const schema = methods[method].input;
      let refused = 0;
      for (const input of [...JUNK, ...spoiled(schema)]) {
        const { options, calls, failures } = started();
        const fits = schema.safeParse(input).success;
        const answer = await dispatch(options, { sender: 'browser', method, input });
        expect(calls).toEqual(fits ? [method] : []);
        if (fits) continue;
        refused += 1;
        expect(answer).toMatchObject({ ok: false, error: { code: 'argument-invalid' } });
        expect(failures).toEqual([`${method} argument-invalid`]);
        expect(JSON.stringify(answer)).not.toContain('Mustermann');
      }
      expect(refused).toBeGreaterThan(5);
    },
  );

  it('turns what a handler throws into data, without the text of a foreign error', async () => {
    const { options } = started();
    const handlers: Handlers = {
      ...options.handlers,
      'app.view': () => Promise.reject(new Error(`ENOENT: ${SECRET}`)),
    };
    const answer = await dispatch(
      { ...options, handlers },
      { sender: 'electron', method: 'app.view', input: {} },
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('Mustermann');
  });

  it('holds a handler to its output schema in development, and drops what the schema does not name', async () => {
    const { options } = started();
    const wrong = {
      ...options.handlers,
      'app.view': () => Promise.resolve({ panel: 7 }),
    } as unknown as Handlers;
    expect(
      await dispatch({ ...options, handlers: wrong }, { sender: 'electron', method: 'app.view', input: {} }),
    ).toMatchObject({ ok: false, error: { code: 'internal' } });

    const generous = {
      ...options.handlers,
      'library.list': () => Promise.resolve({ sessions: [], path: SECRET }),
    } as unknown as Handlers;
    expect(
      await dispatch(
        { ...options, handlers: generous },
        { sender: 'electron', method: 'library.list', input: { query: '' } },
      ),
    ).toEqual({ ok: true, value: { sessions: [] } });
  });
});

/** Objects that lack one key, or have one key of a wrong kind. */
function spoiled(schema: z.ZodType): unknown[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const keys = Object.keys(schema.shape);
  const plain = Object.fromEntries(keys.map((key) => [key, 'x']));
  return keys.flatMap((key) => [
    Object.fromEntries(Object.entries(plain).filter(([other]) => other !== key)),
    ...JUNK.map((junk) => ({ ...plain, [key]: junk })),
  ]);
}
