/** Starts a host as a child of a given Node or as Electron's utility process. Nothing else knows which. */
import { fork } from 'node:child_process';
/**
 * V8's options for a process that runs for hours; the scripts start main with the same. Left alone, V8 lets a process that makes much garbage
 * keep several times what it holds (128 MiB for the youngest objects alone in Node): after an hour's voices were grouped, a host that used
 * 26 MiB kept 290. So its new space stays small (a semi-space in MiB), and its heap grows by so many per cent between two collections.
 */
import HEAP_OPTIONS from './heap-options.json' with { type: 'json' };
import type { ExitReason, FromHost, HostProcess } from './protocol.ts';

/** Starts the program at `entry`. */
export type Launcher = (entry: string) => HostProcess;

/** ATTUNE_HOST_OUTPUT=inherit shows a host's own output while developing; otherwise it goes nowhere, for a stack or a native warning may name a file. */
const output = (): 'inherit' | 'ignore' =>
  process.env.ATTUNE_HOST_OUTPUT === 'inherit' ? 'inherit' : 'ignore';

function hostEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ELECTRON_RUN_AS_NODE: _asNode, ...rest } = process.env;
  // Nothing leaves the machine, whichever host loads onnxruntime, and before it does.
  return { ...rest, ORT_DISABLE_TELEMETRY: '1' };
}

/** Hosts as child processes of the Node at `execPath` (default: the one that runs this). */
export function nodeLauncher(execPath: string = process.execPath): Launcher {
  return (entry) => {
    const child = fork(entry, [], {
      execPath,
      execArgv: HEAP_OPTIONS,
      env: hostEnvironment(),
      serialization: 'advanced',
      stdio: ['ignore', output(), output(), 'ipc'],
    });
    return {
      get pid() {
        return child.pid;
      },
      send(message) {
        // The callback keeps a broken pipe from becoming an uncaught error; the exit that follows is what counts.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => child.on('message', (message) => listener(message as FromHost)),
      onExit(listener) {
        const tell = once(listener);
        child.on('exit', (code, signal) => tell({ code, signal }));
        child.on('error', () => {
          if (child.pid === undefined) tell({ code: null, signal: null });
        });
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
}

/** The part of Electron's `utilityProcess` that is used; passed in, so that plain Node never loads Electron. */
export interface UtilityProcessFactory {
  fork(
    entry: string,
    args: string[],
    options: { serviceName: string; stdio: 'inherit' | 'ignore'; env: NodeJS.ProcessEnv; execArgv: string[] },
  ): UtilityChild;
}
interface UtilityChild {
  readonly pid: number | undefined;
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** Hosts as Electron utility processes; only to be used after the app's 'ready' event. */
export function electronLauncher(utilityProcess: UtilityProcessFactory): Launcher {
  return (entry) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Attune host',
      stdio: output(),
      env: hostEnvironment(),
      // A utility process takes V8's options as Chromium does.
      execArgv: [`--js-flags=${HEAP_OPTIONS.join(' ')}`],
    });
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', (message) => listener(message as FromHost)),
      onExit(listener) {
        const tell = once(listener);
        child.on('exit', (code) => tell({ code, signal: null }));
      },
      kill: () => killUtility(child),
    };
  };
}

/** Electron's own kill is a SIGTERM, which a process inside a native call may sit out. */
function killUtility(child: UtilityChild): void {
  if (child.pid === undefined) return;
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    child.kill();
  }
}

function once(listener: (reason: ExitReason) => void): (reason: ExitReason) => void {
  let told = false;
  return (reason) => {
    if (told) return;
    told = true;
    listener(reason);
  };
}
