import { inflateRawSync } from "node:zlib";

/**
 * Opens an archive that somebody uploaded, without trusting a word of it: what it says of its sizes counts for nothing, each
 * part is unpacked under a limit of its own, and all of them together under one. Refuses what no office program writes:
 * encrypted parts, ZIP64, and any other packing than "stored" and "deflated" (PKWARE APPNOTE 6.3).
 */
export class ZipRefused extends Error {
  override readonly name = "ZipRefused";
}

export interface OpenZip {
  readonly names: readonly string[];
  /** The bytes of a part; null where there is none of that name. Throws ZipRefused where the limit is passed. */
  read(name: string): Uint8Array | null;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const COMMENT_BYTES_MAX = 65_535;
const ENTRIES_MAX = 2_000;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly method: number;
  readonly packedBytes: number;
  readonly offset: number;
}

/** `unpackedBytesMax` is for all parts that are read, together. */
export function openZip(bytes: Uint8Array, { unpackedBytesMax }: { unpackedBytesMax: number }): OpenZip {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(file);
  let left = unpackedBytesMax;
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      const packed = packedBytes(file, entry);
      const unpacked = unpack(packed, entry.method, left);
      left -= unpacked.byteLength;
      return unpacked;
    },
  };
}

function readDirectory(file: Buffer): Map<string, Entry> {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  if (count > ENTRIES_MAX) throw new ZipRefused("too many parts");
  const entries = new Map<string, Entry>();
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > file.length || file.readUInt32LE(at) !== ENTRY_SIGNATURE)
      throw new ZipRefused("the list of parts is damaged");
    if ((file.readUInt16LE(at + 8) & 1) === 1) throw new ZipRefused("it is encrypted");
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => file.readUInt16LE(at + place));
    const nameEnd = at + ENTRY_BYTES + (nameBytes ?? 0);
    entries.set(file.toString("utf8", at + ENTRY_BYTES, nameEnd), {
      method: file.readUInt16LE(at + 10),
      packedBytes: file.readUInt32LE(at + 20),
      offset: file.readUInt32LE(at + 42),
    });
    at = nameEnd + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return entries;
}

/** The end record stands last, before a comment of any length up to 64 kB. */
function findEnd(file: Buffer): number {
  const first = Math.max(0, file.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = file.length - END_BYTES; at >= first; at -= 1)
    if (file.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new ZipRefused("it is no archive");
}

function packedBytes(file: Buffer, { offset, packedBytes: length }: Entry): Buffer {
  if (offset + LOCAL_BYTES > file.length || file.readUInt32LE(offset) !== LOCAL_SIGNATURE)
    throw new ZipRefused("a part is damaged");
  const start = offset + LOCAL_BYTES + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  if (start + length > file.length) throw new ZipRefused("a part is cut off");
  return file.subarray(start, start + length);
}

function unpack(packed: Buffer, method: number, bytesMax: number): Uint8Array {
  if (method === STORED) {
    if (packed.byteLength > bytesMax) throw new ZipRefused("it unpacks to more than is allowed");
    return packed;
  }
  if (method !== DEFLATED) throw new ZipRefused("it is packed in a way that no office program uses");
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytesMax) });
  } catch (thrown) {
    throw new ZipRefused("it unpacks to more than is allowed, or is damaged", { cause: thrown });
  }
}
