import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTouched } from "./derived";
import { createStore } from "./store";

interface Note {
  text: string;
  size: number;
}

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sandbox-store-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const openNotes = async () => {
  const store = await createStore({ dir });
  return { store, notes: store.collection<Note, number>("notes", (note) => note.size) };
};
const long = "long ".repeat(1_000);

describe("a store with a folder", () => {
  it("gives back everything that was flushed, without having been closed", async () => {
    const { store, notes } = await openNotes();
    notes.put("a", { text: "Ä – 漢字", size: 1 });
    notes.put("b", { text: long, size: 2 });
    notes.put("c", { text: "gone", size: 3 });
    notes.delete("c");
    notes.put("a", { text: "changed", size: 4 });
    await store.flush();
    const again = await openNotes();
    expect([...again.notes.heads()]).toEqual([
      ["a", 4],
      ["b", 2],
    ]);
    expect(again.notes.get("b")).toEqual({ text: long, size: 2 });
    expect(again.notes.get("c")).toBeUndefined();
    await again.store.close();
    await store.close();
  });

  it("keeps its records over several starts without writing them anew", async () => {
    for (const id of ["a", "b", "c"]) {
      const { store, notes } = await openNotes();
      notes.put(id, { text: id, size: 1 });
      await store.close();
    }
    const { store, notes } = await openNotes();
    expect(notes.size).toBe(3);
    expect(existsSync(join(dir, "snapshot.jsonl"))).toBe(false);
    await store.close();
  });

  it("starts with a snapshot and an empty log once most of the log is of the past", async () => {
    const { store, notes } = await openNotes();
    for (let size = 0; size < 50_010; size += 1) notes.put("a", { text: "again and again", size });
    notes.put("b", { text: "Ä", size: 1 });
    await store.close();
    const again = await openNotes();
    expect([...again.notes.heads()]).toEqual([
      ["a", 50_009],
      ["b", 1],
    ]);
    expect(await readFile(join(dir, "log.jsonl"), "utf8")).toBe("");
    await again.store.close();
    const third = await openNotes();
    expect(third.notes.get("b")).toEqual({ text: "Ä", size: 1 });
    await third.store.close();
  });

  it("cuts off a group that was not closed, whole, and goes on after it", async () => {
    const { store, notes } = await openNotes();
    notes.put("a", { text: "whole", size: 1 });
    await store.close();
    const whole = '{"c":"notes","i":"b","b":{"text":"whole line","size":2}}';
    await appendFile(join(dir, "log.jsonl"), `${whole}\n{"c":"notes","i":"c","b":{"te`);
    const torn = await openNotes();
    expect([...torn.notes.heads()]).toEqual([["a", 1]]);
    torn.notes.put("d", { text: "later", size: 4 });
    await torn.store.close();
    const again = await openNotes();
    expect([...again.notes.heads()].map(([id]) => id)).toEqual(["a", "d"]);
    await again.store.close();
  });

  it("refuses a log that is broken before its last group", async () => {
    for (const id of ["a", "b"]) {
      const { store, notes } = await openNotes();
      notes.put(id, { text: "whole", size: 1 });
      await store.close();
    }
    const path = join(dir, "log.jsonl");
    await writeFile(path, (await readFile(path, "utf8")).replace("whole", "whale"));
    await expect(createStore({ dir })).rejects.toThrow("at byte 0 are broken");
  });

  it("takes ids of any text", async () => {
    const { store, notes } = await openNotes();
    const id = 'a "quoted\\" id","b":1}\n';
    notes.put(id, { text: "odd", size: 1 });
    await store.close();
    const again = await openNotes();
    expect(again.notes.get(id)).toEqual({ text: "odd", size: 1 });
    await again.store.close();
  });

  it("is empty for good after a reset", async () => {
    const { store, notes } = await openNotes();
    notes.put("a", { text: "old", size: 1 });
    store.reset();
    store.collection<Note, number>("notes", (note) => note.size).put("b", { text: "new", size: 2 });
    await store.close();
    const again = await openNotes();
    expect([...again.notes.heads()]).toEqual([["b", 2]]);
    await again.store.close();
  });

  it("stands apart from what a call that the reset overtook opens and puts", async () => {
    const { store, notes } = await openNotes();
    const overtaken = store.untilReset();
    store.reset();
    notes.put("a", { text: "late", size: 1 });
    overtaken.collection<Note, number>("late", (note) => note.size).put("b", { text: "late", size: 1 });
    const late = store.collection<Note, number>("late", (note) => note.size);
    expect([...late.heads()]).toEqual([]);
    await store.close();
    const again = await openNotes();
    expect([...again.notes.heads()]).toEqual([]);
    expect([...again.store.collection<Note, number>("late", (note) => note.size).heads()]).toEqual([]);
    await again.store.close();
  });
});

describe("a store in memory", () => {
  it("keeps short and long bodies and flushes at once", async () => {
    const store = await createStore({ dir: null });
    const notes = store.collection<Note, number>("notes", (note) => note.size);
    notes.put("a", { text: long, size: 1 });
    await store.flush();
    expect(notes.get("a")).toEqual({ text: long, size: 1 });
    expect(() => store.collection<Note, number>("notes", (note) => note.size)).toThrow("already open");
  });
});

describe("bodies that change again and again", () => {
  it("stay readable while the memory of their gaps is given back", async () => {
    const store = await createStore({ dir: null });
    const notes = store.collection<Note, number>("notes", (note) => note.size);
    for (let size = 0; size < 60_000; size += 1)
      notes.put(String(size % 50), { text: `${size} `.repeat(150), size });
    for (let id = 0; id < 50; id += 1) expect(notes.get(String(id))?.size).toBe(59_950 + id);
  });
});

describe("derived records", () => {
  const derived = {
    size: 5,
    id: (number: number) => `d${number}`,
    numberOf: (id: string) => (/^d[0-4]$/.test(id) ? Number(id.slice(1)) : null),
    body: (number: number): Note => ({ text: `derived ${number}`, size: number }),
    head: (number: number) => number,
    by: () => null,
  };
  const ids = (notes: { heads(): Iterable<[string, number]> }): string =>
    [...notes.heads()].map(([id]) => id).join();

  it("stand below what is written over them, also after a restart", async () => {
    const { store, notes } = await openNotes();
    notes.derive(derived);
    notes.put("x", { text: "new", size: 9 });
    notes.put("d1", { text: "edited", size: 7 });
    notes.delete("d3");
    const check = (shown: typeof notes): void => {
      expect(ids(shown)).toBe("d0,d2,d4,x,d1");
      expect(shown.size).toBe(5);
      expect(shown.get("d1")?.text).toBe("edited");
      expect(shown.get("d2")?.text).toBe("derived 2");
      expect([shown.get("d3"), shown.head("d3")]).toEqual([undefined, undefined]);
    };
    check(notes);
    await store.close();
    const again = await openNotes();
    again.notes.derive(derived);
    check(again.notes);
    await again.store.close();
  });

  it("are found by place although some were written over", () => {
    const touched = createTouched();
    for (const number of [0, 3, 4, 8]) touched.add(number);
    const untouched = Array.from({ length: 6 }, (_, skip) => touched.skipUntouched(0, skip));
    expect(untouched).toEqual([1, 2, 5, 6, 7, 9]);
    expect(touched.skipUntouched(3, 0)).toBe(5);
    expect([touched.countUntouched(0, 10), touched.countUntouched(4, 10)]).toEqual([6, 4]);
  });
});
