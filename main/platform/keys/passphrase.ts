/** From a passphrase to a key: scrypt (RFC 7914). */
import { randomBytes, scrypt } from 'node:crypto';
import { AttuneError } from '#contract/errors.ts';
import { MIN_PASSPHRASE_LENGTH } from '#contract/workspace/status.ts';
import { z } from 'zod';

/** Bounds keep a tampered file from asking for no work, or for all memory (128 * N * r bytes). */
export const scryptParameters = z.object({
  cost: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n))),
  blockSize: z.number().int().min(8).max(16),
  parallelization: z.number().int().min(1).max(8),
  salt: z.base64().length(44),
});
export type ScryptParameters = z.infer<typeof scryptParameters>;

/** OWASP's recommendation for scrypt: 128 MiB and some tenths of a second. */
export const SCRYPT_COST = 2 ** 17;

export const newScryptParameters = (cost: number = SCRYPT_COST): ScryptParameters => ({
  cost,
  blockSize: 8,
  parallelization: 1,
  salt: randomBytes(32).toString('base64'),
});

/** 32 bytes. The passphrase counts as typed, up to Unicode composition (NFKC). */
export function keyFromPassphrase(passphrase: string, parameters: ScryptParameters): Promise<Buffer> {
  const { cost, blockSize, parallelization, salt } = parameters;
  const memory = 128 * cost * blockSize + 128 * blockSize * parallelization + 1024 * 1024;
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFKC'),
      Buffer.from(salt, 'base64'),
      32,
      { cost, blockSize, parallelization, maxmem: memory },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}

/** Throws 'passphrase-weak' for what falls at once: too short, few different characters, or a plain run like 12345678. */
export function refuseWeakPassphrase(passphrase: string): void {
  const points = Array.from(passphrase.normalize('NFKC'));
  const short = points.length < MIN_PASSPHRASE_LENGTH;
  const monotonous = new Set(points).size < Math.min(5, MIN_PASSPHRASE_LENGTH);
  if (!short && !monotonous && !isRun(points)) return;
  throw new AttuneError(
    'passphrase-weak',
    short
      ? `A passphrase needs at least ${MIN_PASSPHRASE_LENGTH} characters.`
      : 'That passphrase is too easy to guess.',
    { kept: 'Nothing was changed.', remedy: 'Take four or more words that do not belong together.' },
  );
}

/** Every character the same step from the one before it. */
function isRun(points: string[]): boolean {
  const codes = points.map((point) => point.codePointAt(0)!);
  const step = codes[1]! - codes[0]!;
  return codes.slice(1).every((code, i) => code - (codes[i] ?? 0) === step);
}
