/** Entry of the command line. */
import { AttuneError } from '#contract/errors.ts';
import { ANALYZE_HELP, analyzeCommand } from './cli/analyze.ts';
import { complain } from './cli/complain.ts';
import { doctorCommand } from './cli/doctor.ts';
import { EVALUATE_HELP, evaluateCommand } from './cli/evaluate.ts';
import { MODELS_HELP, modelsCommand } from './cli/models.ts';
import { PREDICT_HELP, predictCommand } from './cli/predict.ts';
import { aboutTexts, textsCommand } from './cli/texts.ts';
import { TEXTS_HELP } from './cli/texts-options.ts';
import { TRANSCRIPT_HELP, transcriptCommand } from './cli/transcript.ts';
import { TRANSCRIBE_HELP, transcribeCommand } from './cli/transcribe.ts';
import { createEngine, type Engine } from './engine.ts';
import { hostLaunchers } from './host-launchers.ts';
import { attunePaths, type AttunePaths } from './platform/paths.ts';
import { SettingsStore } from './platform/settings-store.ts';
import { runServe } from './serve/run-serve.ts';

const HELP = `${ANALYZE_HELP}\n\n${TEXTS_HELP}\n\n${PREDICT_HELP}\n\n${TRANSCRIBE_HELP}\n\n${EVALUATE_HELP}\n\n${TRANSCRIPT_HELP}\n\n${MODELS_HELP}\n\nattune doctor\n  What this machine can run, and why not.\n\nattune serve [FILE…]\n  The workstation in a browser window.\n`;

type Command = (
  args: string[],
  engine: Engine,
  signal: AbortSignal,
  settings: SettingsStore,
  paths: AttunePaths,
) => Promise<number>;
const COMMANDS: Record<string, Command> = {
  analyze: (args, engine, signal) => (aboutTexts(args) ? textsCommand : analyzeCommand)(args, engine, signal),
  predict: predictCommand,
  evaluate: evaluateCommand,
  transcribe: transcribeCommand,
  models: modelsCommand,
  doctor: doctorCommand,
};

/** The first interrupt cancels and cleans up; the second one ends the process as usual. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

async function run([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === 'serve') return runServe(args);
  const command = COMMANDS[name];
  if (!command && name !== 'transcript')
    throw new AttuneError('argument-invalid', `There is no command "${name}".\n${HELP}`);
  if (args.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  // Needs no models and no settings.
  if (!command) return transcriptCommand(args);
  const paths = attunePaths();
  const { store } = await SettingsStore.load(paths.settingsFile);
  const engine = await createEngine(store, hostLaunchers(null).inference, paths.models);
  try {
    return await command(args, engine, interruptible(), store, paths);
  } finally {
    await engine.dispose();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  complain(error);
  process.exitCode = error instanceof AttuneError && error.code === 'argument-invalid' ? 2 : 1;
}
