/** What a tool's messages mean. They are read for their sense only, and never passed on: they hold paths. */
import { AttuneError } from '#contract/errors.ts';
import type { Sniffed } from './sniff.ts';

/** Said when decoding went on past something broken, or ended before its time. */
const DAMAGE =
  /invalid data found|error while decoding|partial file|truncat|corrupt|ended prematurely|end of file|i\/o error|input\/output error|invalid nal|header missing|read error|invalid packet|error submitting packet/i;

export const tellsOfDamage = (messages: string): boolean => DAMAGE.test(messages);

/** Why a file could not be opened as a recording. */
export function openingError(messages: string, sniffed: Sniffed): AttuneError {
  if (/protocol .*not on whitelist/i.test(messages))
    return new AttuneError(
      'media-refers-elsewhere',
      'The file points to another file or address; it was not followed.',
    );
  if (sniffed.kind === 'recording' && /moov atom not found/i.test(messages))
    return new AttuneError(
      'media-damaged',
      'The recording was cut short before its index was written, so it cannot be read.',
      {
        remedy: 'Copy it again from where it was recorded, or repair it with the recorder’s own program.',
      },
    );
  if (/decoder .*not found|unknown decoder|unknown input format|could not find codec/i.test(messages))
    return new AttuneError('media-not-recognised', 'The file is of a kind that this ffmpeg cannot decode.', {
      remedy: 'Name a newer ffmpeg under Settings, or convert the recording.',
    });
  if (sniffed.kind === 'recording')
    return new AttuneError(
      'media-damaged',
      'The file begins like a recording, but what follows cannot be read.',
    );
  return new AttuneError(
    'media-not-recognised',
    'The file is not a sound or video recording that can be read.',
  );
}
