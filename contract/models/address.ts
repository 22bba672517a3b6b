/** Where a model may be downloaded from. */
import { z } from 'zod';
import { sha256Hex } from '../units.ts';

/** This machine itself: what goes to it needs no encryption. */
export const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

/** Encrypted, or to this machine; and nobody's name or password in it. */
export const mayDownload = (url: URL): boolean =>
  (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) &&
  url.username === '' &&
  url.password === '';

export const downloadAddress = z
  .string()
  .max(2048)
  .refine((text) => URL.canParse(text) && mayDownload(new URL(text)));

export const downloadRequest = z.object({
  address: downloadAddress,
  /** Of an archive, as the person knows it from elsewhere. */
  sha256: sha256Hex.nullable(),
});
export type DownloadRequest = z.infer<typeof downloadRequest>;

/** One file that holds everything; any other address is taken for a folder's. */
export const isArchive = ({ pathname }: URL): boolean => /\.zip$/i.test(pathname);
