/** The one way in: sender, method name and argument are checked here, whatever transport a call came through. */
import { AttuneError, toErrorData } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { Envelope } from '#contract/methods/envelope.ts';
import { isMethodName, methods } from '#contract/methods/table.ts';
import type { MethodName } from '#contract/methods/table.ts';
import type { CallContext, Handlers, Sender } from './handlers.ts';

export interface DispatchOptions {
  readonly handlers: Handlers;
  /** Holds a handler to its output schema: in development and tests. */
  readonly checkOutput: boolean;
  /** Told of every refused or failed call; never of its argument. */
  readonly onFailure: (method: MethodName | null, code: ErrorCode) => void;
}

/** A call as a transport hands it over. `sender` is null where the transport does not trust where it came from. */
export interface RawCall {
  readonly sender: Sender | null;
  readonly method: unknown;
  readonly input: unknown;
}

/** Never rejects. Refuses with 'sender-untrusted', 'method-unknown' or 'argument-invalid'; else what the handler said. */
export async function dispatch(options: DispatchOptions, raw: RawCall): Promise<Envelope> {
  let method: MethodName | null = null;
  try {
    if (raw.sender === null)
      throw new AttuneError('sender-untrusted', 'This call did not come from an Attune window.');
    if (!isMethodName(raw.method))
      throw new AttuneError('method-unknown', 'Attune has no method of this name.');
    method = raw.method;
    return { ok: true, value: await answer(options, method, raw.input, { sender: raw.sender }) };
  } catch (thrown) {
    const error = toErrorData(thrown);
    options.onFailure(method, error.code);
    return { ok: false, error };
  }
}

async function answer(
  options: DispatchOptions,
  method: MethodName,
  rawInput: unknown,
  context: CallContext,
): Promise<unknown> {
  const parsed = methods[method].input.safeParse(rawInput);
  // zod's own message may quote the argument, which may be a name or a transcript: only the place is told.
  if (!parsed.success)
    throw new AttuneError(
      'argument-invalid',
      `The argument of ${method} is not valid${placesOf(parsed.error)}.`,
    );
  // The table ties name, input and handler together; TypeScript cannot follow that through a union of names.
  const handler = options.handlers[method] as (input: unknown, context: CallContext) => Promise<unknown>;
  const value = await handler(parsed.data, context);
  return options.checkOutput ? checked(method, value) : value;
}

const placesOf = (error: { issues: readonly { path: readonly PropertyKey[] }[] }): string => {
  const places = [...new Set(error.issues.map((issue) => issue.path.map(String).join('.')))].filter(Boolean);
  return places.length === 0 ? '' : ` (${places.slice(0, 3).join(', ').slice(0, 200)})`;
};

function checked(method: MethodName, value: unknown): unknown {
  const parsed = methods[method].output.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AttuneError(
    'internal',
    `The answer of ${method} breaks its own contract${placesOf(parsed.error)}.`,
  );
}
