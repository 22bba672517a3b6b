/** Recordings for the journeys, made on the spot: spoken by espeak-ng. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

const SENTENCES = [
  'I am so glad that you could come today.',
  'Honestly, I was furious when they told me.',
  'Nothing much happened after that, we just waited.',
  'I am afraid that it will happen again.',
  'It made me very sad to leave the house.',
  'And then, out of nowhere, there she was! I could not believe it.',
];

/** A WAV of roughly `seconds`, in `folder`. */
export function spokenRecording(folder: string, name: string, seconds: number): string {
  const file = path.join(folder, name);
  // A sentence takes about three seconds.
  const text = Array.from(
    { length: Math.ceil(seconds / 3) },
    (_, index) => SENTENCES[index % SENTENCES.length],
  );
  execFileSync('espeak-ng', ['-v', 'en-gb', '-s', '150', '-w', file, text.join('\n\n')]);
  return file;
}
