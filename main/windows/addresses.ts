/** The program's own addresses in Electron. */
export const APP_SCHEME = 'attune';
export const MEDIA_SCHEME = 'attune-media';
export const APP_ORIGIN = `${APP_SCHEME}://app`;
export const START_ADDRESS = `${APP_ORIGIN}/`;

export const mediaAddress = (token: string): string => `${MEDIA_SCHEME}://recording/${token}`;

/** A page of ours, as opposed to anything a page could be sent to. */
export function isOurPage(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return protocol === `${APP_SCHEME}:` && host === 'app';
  } catch {
    return false;
  }
}
