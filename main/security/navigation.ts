/** A window of ours shows the program and stays there: no other page, no other window, no embedded contents. */
import type { WebContents } from 'electron';

export function stayAtHome(
  contents: WebContents,
  isOurs: (url: string) => boolean,
  onRefused: () => void,
): void {
  const refuse = (event: { preventDefault(): void }, url: string): void => {
    if (isOurs(url)) return;
    event.preventDefault();
    onRefused();
  };
  contents.on('will-navigate', (event) => refuse(event, event.url));
  contents.on('will-frame-navigate', (event) => refuse(event, event.url));
  contents.on('will-redirect', (event) => refuse(event, event.url));
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    onRefused();
  });
  contents.setWindowOpenHandler(() => {
    onRefused();
    return { action: 'deny' };
  });
}
