/**
 * The sandbox's records on disk: an append-only log of JSON lines in groups, each closed by a line with the
 * checksum of its bytes and one fsync, so that what one request changed is there whole or not at all. A group
 * that the dying process did not close is cut off; a broken group before the last stops the start, since
 * records would be missing after it. A start rewrites the records as a snapshot only when most of the log
 * is about records that have changed since.
 */
import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

const READ_BYTES = 4 * 1_048_576;
const SNAPSHOT_GROUP_CHARACTERS = 1_000_000;
const STALE_LINES_WORTH = 50_000;
const LINE = /^\{"c":("(?:[^"\\]|\\.)*"),"i":("(?:[^"\\]|\\.)*"),"b":(.*)\}$/s;
const COMMIT = /^\{"commit":(\d+)\}$/;
const COMMIT_START = Buffer.from('{"commit":');
const NEWLINE = 10;

/** One change: a record put (body as JSON text) or removed (null). */
export interface StoredChange {
  readonly collection: string;
  readonly id: string;
  readonly json: string | null;
}

export interface StoreLog {
  append(change: StoredChange): void;
  /** Resolves once everything appended so far is on disk; rejects when writing has failed. */
  flush(): Promise<void>;
  /** Flushes and lets the files go. */
  close(): Promise<void>;
}

/** What the log asks of the store at its opening. */
export interface StoreState {
  restore(change: StoredChange): void;
  /** Every record as it stands. */
  snapshot(): Iterable<StoredChange>;
  /** How many records stand. */
  count(): number;
}

/** Opens the log of a folder and hands every change to the state in order. */
export async function openStoreLog(dir: string, state: StoreState): Promise<StoreLog> {
  await mkdir(dir, { recursive: true });
  const snapshotPath = join(dir, "snapshot.jsonl");
  const logPath = join(dir, "log.jsonl");
  const restored = { lines: 0 };
  const restore = (change: StoredChange): void => {
    restored.lines += 1;
    state.restore(change);
  };
  await replay(snapshotPath, restore, false);
  const wholeBytes = await replay(logPath, restore, true);
  if (restored.lines > 2 * state.count() + STALE_LINES_WORTH) {
    await writeSnapshot(dir, snapshotPath, state.snapshot());
    // The log is emptied only after its content stands in the snapshot; replaying it twice changes nothing.
    await rm(logPath, { force: true });
  } else if (wholeBytes !== null) await truncate(logPath, wholeBytes);
  const handle = await open(logPath, "a");
  await handle.datasync();
  await syncFolder(dir);
  return appendTo(handle);
}

function appendTo(handle: FileHandle): StoreLog {
  let pending: string[] = [];
  let writing: Promise<void> | null = null;
  let failure: Error | null = null;

  async function writeGroups(): Promise<void> {
    while (pending.length > 0) {
      const group = pending;
      pending = [];
      await handle.appendFile(closeGroup(group));
      await handle.datasync();
    }
  }
  function start(): Promise<void> {
    writing ??= writeGroups()
      .catch((cause: unknown) => {
        failure = new Error("the sandbox store cannot be written", { cause });
      })
      .finally(() => {
        writing = null;
      });
    return writing;
  }
  async function flush(): Promise<void> {
    while (failure === null && (pending.length > 0 || writing !== null)) await start();
    if (failure !== null) throw failure;
  }
  return {
    append(change) {
      pending.push(lineOf(change));
      // Starting on the next turn lets the changes of one request share a group.
      if (writing === null && pending.length === 1) setImmediate(() => void start());
    },
    flush,
    async close() {
      await flush();
      await handle.close();
    },
  };
}

function lineOf({ collection, id, json }: StoredChange): string {
  return `{"c":${JSON.stringify(collection)},"i":${JSON.stringify(id)},"b":${json ?? "null"}}\n`;
}

function closeGroup(lines: readonly string[]): Buffer {
  const bytes = Buffer.from(lines.join(""));
  return Buffer.concat([bytes, Buffer.from(`{"commit":${crc32(bytes)}}\n`)]);
}

/** Hands on every change of the closed groups; answers how many bytes those take, null without a file. */
async function replay(
  path: string,
  restore: (change: StoredChange) => void,
  mayBeTorn: boolean,
): Promise<number | null> {
  if (!existsSync(path)) return null;
  let held = Buffer.alloc(0);
  let scanned = 0;
  let wholeBytes = 0;
  let isBroken = false;
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let groupFrom = 0;
    let lineFrom = scanned;
    for (let end = held.indexOf(NEWLINE, lineFrom); end !== -1; end = held.indexOf(NEWLINE, lineFrom)) {
      if (
        held.compare(COMMIT_START, 0, COMMIT_START.length, lineFrom, lineFrom + COMMIT_START.length) === 0
      ) {
        if (isBroken) throw new Error(`${path}: the records at byte ${wholeBytes} are broken`);
        const group = held.subarray(groupFrom, lineFrom);
        isBroken = !isClosedBy(group, held.toString("utf8", lineFrom, end)) || !restoreGroup(group, restore);
        if (!isBroken) wholeBytes += end + 1 - groupFrom;
        groupFrom = end + 1;
      }
      lineFrom = end + 1;
    }
    held = held.subarray(groupFrom);
    scanned = lineFrom - groupFrom;
  }
  if ((isBroken || held.length > 0) && !mayBeTorn)
    throw new Error(`${path}: the records at byte ${wholeBytes} are broken`);
  return wholeBytes;
}

function isClosedBy(group: Buffer, line: string): boolean {
  const told = COMMIT.exec(line)?.[1];
  return told !== undefined && Number(told) === crc32(group);
}

/** False when a line of a whole group is none of ours: then a program other than this one wrote the file. */
function restoreGroup(group: Buffer, restore: (change: StoredChange) => void): boolean {
  for (const line of group.toString("utf8").split("\n")) {
    if (line === "") continue;
    const [, collection, id, json] = LINE.exec(line) ?? [];
    if (collection === undefined || id === undefined || json === undefined) return false;
    restore({ collection: textOf(collection), id: textOf(id), json: json === "null" ? null : json });
  }
  return true;
}

/** JSON text of a string; nearly all hold no escape. */
function textOf(quoted: string): string {
  return quoted.includes("\\") ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

async function writeSnapshot(dir: string, path: string, changes: Iterable<StoredChange>): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  const handle = await open(temporary, "w");
  try {
    let group: string[] = [];
    let characters = 0;
    for (const change of changes) {
      const line = lineOf(change);
      group.push(line);
      characters += line.length;
      if (characters < SNAPSHOT_GROUP_CHARACTERS) continue;
      await handle.appendFile(closeGroup(group));
      group = [];
      characters = 0;
    }
    await handle.appendFile(closeGroup(group));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  await syncFolder(dir);
}

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
