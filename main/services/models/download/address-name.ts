/** What a download is called before its files say what they are. */
import path from 'node:path';

/** The model's name as it stands in an address, without what hubs put behind it. */
export function nameOf({ pathname, hostname }: URL): string {
  const plain = pathname.replace(/\/(?:tree|resolve|blob)\/.*$/, '').replace(/\.zip$/i, '');
  const last = path.posix.basename(plain);
  try {
    return decodeURIComponent(last) || hostname;
  } catch {
    return last;
  }
}

/** For people who watch it: what comes, and from where. */
export function titleOf(address: URL): string {
  const name = nameOf(address);
  return name === address.hostname ? address.host : `${name} · ${address.host}`;
}
