/**
 * The sandbox's records: a small header of each in memory as an object, its body as compact bytes, so that
 * two vendors' quarter of a million lines fit in one modest process. With a folder, every change also goes
 * to an append-only log; without one the store lives and dies with the process.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { invariant } from "@/lib/kernel/invariant";
import { openStoreLog, type StoreLog } from "./store-log";
import type { Collection, SandboxStore } from "./types";

/** Below this size compressing costs more than it saves. */
const COMPRESS_FROM_BYTES = 1_024;

/** Bodies larger than COMPRESS_FROM_BYTES are deflated; the first byte of plain JSON tells them apart. */
const DEFLATED = Buffer.from([0]);

/** A store that can also be emptied; collections opened before that stand apart from it afterwards. */
export interface ResettableStore extends SandboxStore {
  /** Removes every record and forgets the open collections, which must be opened anew. */
  reset(): void;
}

/** Opens the store of a folder (restoring what it holds), or one in memory when `dir` is null. */
export async function createStore({ dir }: { dir: string | null }): Promise<ResettableStore> {
  let bodies = new Map<string, Map<string, Buffer>>();
  const opened = new Set<string>();
  const bodiesOf = (name: string): Map<string, Buffer> => {
    const found = bodies.get(name) ?? new Map<string, Buffer>();
    bodies.set(name, found);
    return found;
  };
  const log: StoreLog | null =
    dir === null
      ? null
      : await openStoreLog(
          dir,
          ({ collection, id, json }) => {
            if (json === null) bodiesOf(collection).delete(id);
            else bodiesOf(collection).set(id, pack(json));
          },
          function* () {
            for (const [collection, records] of bodies)
              for (const [id, body] of records) yield { collection, id, json: unpack(body) };
          },
        );

  return {
    collection(name, header) {
      invariant(!opened.has(name), `the collection "${name}" is already open`);
      opened.add(name);
      return openCollection(name, header, bodiesOf(name), log);
    },
    flush: () => log?.flush() ?? Promise.resolve(),
    close: () => log?.close() ?? Promise.resolve(),
    reset() {
      for (const [collection, records] of bodies)
        for (const id of records.keys()) log?.append({ collection, id, json: null });
      bodies = new Map();
      opened.clear();
    },
  };
}

function openCollection<Body, Header>(
  name: string,
  header: (body: Body) => Header,
  records: Map<string, Buffer>,
  log: StoreLog | null,
): Collection<Body, Header> {
  const headers = new Map<string, Header>();
  const read = (packed: Buffer): Body => JSON.parse(unpack(packed));
  for (const [id, packed] of records) headers.set(id, header(read(packed)));
  return {
    get(id) {
      const packed = records.get(id);
      return packed === undefined ? undefined : read(packed);
    },
    head: (id) => headers.get(id),
    put(id, body) {
      const json = JSON.stringify(body);
      records.set(id, pack(json));
      headers.set(id, header(body));
      log?.append({ collection: name, id, json });
    },
    delete(id) {
      if (!records.delete(id)) return;
      headers.delete(id);
      log?.append({ collection: name, id, json: null });
    },
    heads: () => headers.entries(),
    get size() {
      return headers.size;
    },
  };
}

/**
 * Bodies live long, so they get memory of their own: a small Buffer from Node's shared pool would keep the
 * passing buffers that were cut from the same slab alive with it.
 */
function pack(json: string): Buffer {
  const bytes = Buffer.byteLength(json);
  if (bytes < COMPRESS_FROM_BYTES) {
    const plain = Buffer.allocUnsafeSlow(bytes);
    plain.write(json, "utf8");
    return plain;
  }
  const deflated = deflateRawSync(json, { level: 1 });
  const packed = Buffer.allocUnsafeSlow(DEFLATED.length + deflated.length);
  DEFLATED.copy(packed);
  deflated.copy(packed, DEFLATED.length);
  return packed;
}

function unpack(packed: Buffer): string {
  return packed[0] === DEFLATED[0]
    ? inflateRawSync(packed.subarray(1)).toString("utf8")
    : packed.toString("utf8");
}
