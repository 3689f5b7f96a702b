/**
 * The sandbox's records on disk: an append-only log of JSON lines, written in groups with one fsync each,
 * and a snapshot that replaces the log at every start. A torn last line (the process died while writing) is
 * cut off; a broken line anywhere else stops the start, since records would be missing after it.
 */
import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const logLine = z.object({ c: z.string(), i: z.string(), b: z.unknown() });

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

/**
 * Opens the log of a folder: hands every change to `restore` in order, then writes `snapshot()` as the new
 * snapshot and starts an empty log.
 */
export async function openStoreLog(
  dir: string,
  restore: (change: StoredChange) => void,
  snapshot: () => Iterable<StoredChange>,
): Promise<StoreLog> {
  await mkdir(dir, { recursive: true });
  const snapshotPath = join(dir, "snapshot.jsonl");
  const logPath = join(dir, "log.jsonl");
  await replay(snapshotPath, restore, false);
  await replay(logPath, restore, true);
  await writeSnapshot(dir, snapshotPath, snapshot());
  // The log is emptied only after its content stands in the snapshot; replaying it twice changes nothing.
  const handle = await open(logPath, "w");
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
      const group = pending.join("");
      pending = [];
      await handle.appendFile(group);
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
      pending.push(`${lineOf(change)}\n`);
      // Starting on the next tick lets the changes of one request share a write.
      if (writing === null) setImmediate(() => void start());
    },
    flush,
    async close() {
      await flush();
      await handle.close();
    },
  };
}

function lineOf({ collection, id, json }: StoredChange): string {
  return `{"c":${JSON.stringify(collection)},"i":${JSON.stringify(id)},"b":${json ?? "null"}}`;
}

async function replay(
  path: string,
  restore: (change: StoredChange) => void,
  mayBeTorn: boolean,
): Promise<void> {
  if (!existsSync(path)) return;
  const lines = createInterface({
    input: createReadStream(path, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let broken: { line: number; cause: unknown } | null = null;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (broken !== null) throw new Error(`${path}: line ${broken.line} is broken`, { cause: broken.cause });
    try {
      const { c, i, b } = logLine.parse(JSON.parse(line));
      restore({ collection: c, id: i, json: b === null ? null : JSON.stringify(b) });
    } catch (cause) {
      broken = { line: number, cause };
    }
  }
  if (broken !== null && !mayBeTorn)
    throw new Error(`${path}: line ${broken.line} is broken`, { cause: broken.cause });
}

async function writeSnapshot(dir: string, path: string, changes: Iterable<StoredChange>): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  const handle = await open(temporary, "w");
  try {
    let group: string[] = [];
    let characters = 0;
    for (const change of changes) {
      const line = `${lineOf(change)}\n`;
      group.push(line);
      characters += line.length;
      if (characters < 1_000_000) continue;
      await handle.appendFile(group.join(""));
      group = [];
      characters = 0;
    }
    await handle.appendFile(group.join(""));
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
