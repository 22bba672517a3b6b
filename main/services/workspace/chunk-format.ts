/** Layout of an encrypted file (docs/formats/media-store.md): header, chunks that are read at random, footer. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AttuneError } from '#contract/errors.ts';
import { deriveKey } from '../../platform/keys/workspace-keys.ts';

export const FILE_ID_BYTES = 16;
export const HEADER_BYTES = 64;
export const TAG_BYTES = 16;
/** u64 length and SHA-256 of the plain text, and their tag. */
export const FOOTER_BYTES = 8 + 32 + TAG_BYTES;
const MAGIC = Buffer.from('ATTUNEMF', 'latin1');
const VERSION = 1;
const MIN_CHUNK_BYTES = 64 * 1024;
const MAX_CHUNK_BYTES = 1024 * 1024;

export interface FileHeader {
  /** Plain bytes in every chunk but the last. */
  chunkBytes: number;
  fileId: Buffer;
  /** Makes the file's key its own: with it, chunk numbers may serve as nonces. */
  salt: Buffer;
  /** The 64 bytes as stored; every chunk authenticates them. */
  bytes: Buffer;
}

export interface FileFooter {
  plainBytes: number;
  sha256: Buffer;
}

export function newHeader(fileId: Buffer, chunkBytes: number): FileHeader {
  const salt = randomBytes(32);
  const bytes = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt16LE(VERSION, 8);
  bytes.writeUInt32LE(chunkBytes, 12);
  fileId.copy(bytes, 16);
  salt.copy(bytes, 32);
  return { chunkBytes, fileId, salt, bytes };
}

/** Throws 'media-chunk-damaged', or 'workspace-from-future' for a later format. */
export function parseHeader(bytes: Buffer): FileHeader {
  if (bytes.length !== HEADER_BYTES || !bytes.subarray(0, 8).equals(MAGIC)) throw chunkDamaged();
  if (bytes.readUInt16LE(8) > VERSION)
    throw new AttuneError(
      'workspace-from-future',
      'This recording was stored by a later version of Attune.',
      {
        kept: 'Nothing was changed.',
        remedy: 'Open it with that version.',
      },
    );
  const chunkBytes = bytes.readUInt32LE(12);
  const powerOfTwo = (chunkBytes & (chunkBytes - 1)) === 0;
  if (!powerOfTwo || chunkBytes < MIN_CHUNK_BYTES || chunkBytes > MAX_CHUNK_BYTES) throw chunkDamaged();
  return { chunkBytes, fileId: bytes.subarray(16, 32), salt: bytes.subarray(32, 64), bytes };
}

export const fileKey = (storeKey: Uint8Array, header: FileHeader): Buffer =>
  deriveKey(storeKey, 'attune file v1', header.salt);

export const chunkCount = (plainBytes: number, chunkBytes: number): number =>
  Math.ceil(plainBytes / chunkBytes);
export const chunkOffset = (index: number, chunkBytes: number): number =>
  HEADER_BYTES + index * (chunkBytes + TAG_BYTES);
/** Length of the whole file on disk. */
export const storedBytes = (plainBytes: number, chunkBytes: number): number =>
  HEADER_BYTES + plainBytes + chunkCount(plainBytes, chunkBytes) * TAG_BYTES + FOOTER_BYTES;

/** Ciphertext and tag of chunk `index`. */
export const sealChunk = (key: Buffer, header: FileHeader, index: number, plain: Uint8Array): Buffer =>
  seal(key, header, chunkNonce(index), plain);
/** Throws 'media-chunk-damaged' unless these bytes are exactly chunk `index` of this file. */
export const openChunk = (key: Buffer, header: FileHeader, index: number, stored: Buffer): Buffer =>
  unseal(key, header, chunkNonce(index), stored);

export function sealFooter(key: Buffer, header: FileHeader, footer: FileFooter): Buffer {
  const plain = Buffer.alloc(FOOTER_BYTES - TAG_BYTES);
  plain.writeBigUInt64LE(BigInt(footer.plainBytes), 0);
  footer.sha256.copy(plain, 8);
  return seal(key, header, FOOTER_NONCE, plain);
}

export function openFooter(key: Buffer, header: FileHeader, stored: Buffer): FileFooter {
  const plain = unseal(key, header, FOOTER_NONCE, stored);
  return { plainBytes: Number(plain.readBigUInt64LE(0)), sha256: plain.subarray(8) };
}

export const chunkDamaged = (cause?: unknown): AttuneError =>
  new AttuneError(
    'media-chunk-damaged',
    'A stored recording is damaged: part of it is not what was written.',
    {
      kept: 'Nothing was changed; the undamaged parts are still there.',
      remedy: 'Import the recording again from its original, or restore the workspace from a backup.',
      cause,
    },
  );

const FOOTER_NONCE = Buffer.alloc(12, 0xff);

function chunkNonce(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64LE(BigInt(index), 0);
  return nonce;
}

function seal(key: Buffer, header: FileHeader, nonce: Buffer, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(header.bytes);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Buffer, header: FileHeader, nonce: Buffer, stored: Buffer): Buffer {
  if (stored.length < TAG_BYTES) throw chunkDamaged();
  const tagAt = stored.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(header.bytes)
    .setAuthTag(stored.subarray(tagAt));
  const plain = decipher.update(stored.subarray(0, tagAt));
  try {
    decipher.final();
  } catch (cause) {
    throw chunkDamaged(cause);
  }
  return plain;
}
