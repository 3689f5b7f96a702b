import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

  it("keeps its records over several starts, as a snapshot and an empty log", async () => {
    for (const id of ["a", "b", "c"]) {
      const { store, notes } = await openNotes();
      notes.put(id, { text: id, size: 1 });
      await store.close();
    }
    const { store, notes } = await openNotes();
    expect(notes.size).toBe(3);
    expect(await readFile(join(dir, "log.jsonl"), "utf8")).toBe("");
    await store.close();
  });

  it("cuts off a torn last line, and refuses a line broken in the middle", async () => {
    const { store, notes } = await openNotes();
    notes.put("a", { text: "whole", size: 1 });
    await store.close();
    await appendFile(join(dir, "log.jsonl"), '{"c":"notes","i":"b","b":{"te');
    const torn = await openNotes();
    expect([...torn.notes.heads()]).toEqual([["a", 1]]);
    await torn.store.close();
    await writeFile(
      join(dir, "log.jsonl"),
      '{"c":"notes"\n{"c":"notes","i":"b","b":{"text":"x","size":1}}\n',
    );
    await expect(createStore({ dir })).rejects.toThrow("is broken");
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
