/** Calls that read a record's history and add notes to it. */
import { z } from "zod";
import { err, ok } from "@/lib/kernel/result";
import { notFound, type Wire, type XeroAnswer } from "../answer";
import { answerRecords, bodyOf, firstId, type XeroCall } from "../api/call";
import { wireInstant, wireSecondText } from "../dates";
import { xeroRecords } from "../open-books";
import { writeBatch } from "../write/batch";
import { readElement, readElements, words } from "../write/input";
import { type HistoryEntry, historyOf, keepHistory, SYSTEM_USER } from "./history";
import type { PaperKind } from "./paper-kind";

const NOTE_CHARACTERS_MAX = 2_500;

const noteInput = z.object({ Details: words });

export function getHistory(call: XeroCall, kind: PaperKind): XeroAnswer {
  const shown = historyOf(call.books, kind, targetOf(call, kind), ownerOf(call)).map(presentEntry);
  return answerRecords(call, "HistoryRecords", shown);
}

/** PUT of notes: all are kept or none. */
export function addNotes(call: XeroCall, kind: PaperKind): XeroAnswer {
  const { books } = call;
  const targetId = targetOf(call, kind);
  const notes = new Map<string, HistoryEntry>();
  return writeBatch(books, readElements(bodyOf(call), "HistoryRecords"), {
    plural: "HistoryRecords",
    idField: "HistoryRecordID",
    summarizeErrors: true,
    apply: (element) => {
      const details = readElement(element, noteInput).Details ?? "";
      if (details.trim() === "") return err(["The Details of a note must be specified."]);
      if (details.length > NOTE_CHARACTERS_MAX)
        return err([`The Details of a note can be at most ${NOTE_CHARACTERS_MAX} characters long.`]);
      const key = String(notes.size);
      notes.set(key, keepHistory(books, targetId, { changes: "Note", details }));
      return ok(key);
    },
    present: (key) => {
      const note = notes.get(key);
      return note === undefined ? {} : presentEntry(note);
    },
  });
}

function ownerOf({ books, context }: XeroCall): string {
  for (const [, user] of xeroRecords(context).users.heads())
    if (user.role === "Owner" && user.tenantIds.includes(books.tenantId))
      return `${user.givenName} ${user.familyName}`;
  return SYSTEM_USER;
}

function targetOf(call: XeroCall, kind: PaperKind): string {
  const id = firstId(call);
  if (kind.find(call.books, id) === undefined) throw notFound();
  return id;
}

function presentEntry(entry: HistoryEntry): Wire {
  return {
    Changes: entry.changes,
    DateUTCString: wireSecondText(entry.atMs),
    DateUTC: wireInstant(entry.atMs),
    User: entry.user,
    Details: entry.details,
  };
}
