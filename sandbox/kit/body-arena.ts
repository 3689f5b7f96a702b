/**
 * Bodies of records as bytes in a few large blocks instead of a million small buffers, which would cost the
 * garbage collector more than all the work of a write. A place is a number that the caller keeps and gives
 * back; blocks are rewritten without their gaps once half of them is gaps, and then every place is new.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { invariant } from "@/lib/kernel/invariant";

const BLOCK_BYTES = 1_048_576;
/** Below this size compressing costs more than it saves. */
const COMPRESS_FROM_BYTES = 4_096;
/** A length of four bytes and one that says how the body is kept. */
const PREFIX_BYTES = 5;
const PLAIN = 0;
const DEFLATED = 1;
const GAPS_WORTH_BYTES = 16 * BLOCK_BYTES;

export interface BodyArena {
  /** Keeps JSON text and answers its place. */
  keep(json: string): number;
  read(place: number): string;
  /** Gives a place back; reading it afterwards is an error of the caller. */
  free(place: number): void;
  /** True when keeping the bodies anew would halve the memory; the caller then moves every place. */
  readonly isWasteful: boolean;
}

/** An arena without bodies. */
export function createBodyArena(): BodyArena {
  const blocks: Buffer[] = [];
  let block = Buffer.alloc(0);
  let used = 0;
  let kept = 0;
  let gaps = 0;

  /** A place is block number times block size plus offset; a body larger than a block has one of its own. */
  function room(bytes: number): number {
    if (block.length - used < bytes) {
      block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, bytes));
      used = 0;
      blocks.push(block);
    }
    const place = (blocks.length - 1) * BLOCK_BYTES + used;
    used += bytes;
    return place;
  }
  function find(place: number): { held: Buffer; at: number } {
    const held = blocks[Math.floor(place / BLOCK_BYTES)];
    invariant(held !== undefined, "a body is read at a place that was given for it");
    return { held, at: place % BLOCK_BYTES };
  }

  return {
    keep(json) {
      const plainBytes = Buffer.byteLength(json);
      const deflated = plainBytes < COMPRESS_FROM_BYTES ? null : deflateRawSync(json, { level: 1 });
      const bytes = deflated?.length ?? plainBytes;
      const place = room(PREFIX_BYTES + bytes);
      const { held, at } = find(place);
      held.writeUInt32LE(bytes, at);
      held[at + 4] = deflated === null ? PLAIN : DEFLATED;
      if (deflated === null) held.write(json, at + PREFIX_BYTES, "utf8");
      else deflated.copy(held, at + PREFIX_BYTES);
      kept += PREFIX_BYTES + bytes;
      return place;
    },
    read(place) {
      const { held, at } = find(place);
      const from = at + PREFIX_BYTES;
      const to = from + held.readUInt32LE(at);
      if (held[at + 4] === PLAIN) return held.toString("utf8", from, to);
      return inflateRawSync(held.subarray(from, to)).toString("utf8");
    },
    free(place) {
      const { held, at } = find(place);
      gaps += PREFIX_BYTES + held.readUInt32LE(at);
    },
    get isWasteful() {
      return gaps > GAPS_WORTH_BYTES && gaps * 2 > kept;
    },
  };
}
