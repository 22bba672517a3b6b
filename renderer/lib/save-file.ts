/** Gives a file to the person: the browser keeps it with the downloads, Electron asks where to put it. */
export function saveFile(name: string, mimeType: string, contentBase64: string): void {
  const bytes = Uint8Array.from(atob(contentBase64), (character) => character.charCodeAt(0));
  saveBlob(name, new Blob([bytes], { type: mimeType }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its copy by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
