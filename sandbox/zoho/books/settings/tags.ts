/**
 * Reporting tags. A tag belongs to the lines of the transactions that it is enabled for; a mandatory one is
 * asked of every such line (untagged.ts). A tag whose options lines carry cannot be deleted.
 * https://www.zoho.com/books/api/v3/reporting-tags/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  succeed,
  succeedWriting,
} from "../answers";
import { idsBy, isTaken, lineUse } from "../indexes";
import { id, parseInput, text } from "../input";
import type { Books } from "../open-books";
import type { StoredTag } from "../records";

const enabled = (names: readonly [string, ...string[]]) =>
  z.array(z.object({ entity_name: z.enum(names), is_enabled: z.boolean() }));

const tagBody = z.object({
  tag_name: text.optional(),
  description: text.optional(),
  is_mandatory: z.boolean().optional(),
  entities: enabled(["customers", "vendors", "items", "banking"]).optional(),
  multi_preference_entities: z
    .object({
      preference: text,
      entities: enabled(["Sales", "Purchases", "Journal", "Inventory Adjustment"]),
    })
    .optional(),
});
type TagBody = z.infer<typeof tagBody>;

/** Tags in the order in which Zoho lists them. */
export function tagsInOrder(books: Books): (readonly [string, StoredTag])[] {
  return [...books.tags.heads()].sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
}

export function listTags(call: BooksCall): SandboxResponse {
  return succeed({ reporting_tags: rowsOf(call.books) });
}

function rowsOf(books: Books) {
  return tagsInOrder(books).map(([tagId, tag], index) => ({
    tag_id: tagId,
    tag_name: tag.name,
    tag_order: index + 1,
    description: tag.description ?? "",
    is_active: tag.active ?? true,
    is_mandatory: tag.mandatory ?? false,
    is_class: false,
    is_draft: false,
  }));
}

export function createTag(call: BooksCall): SandboxResponse {
  const body = parseInput(tagBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeTag(call, call.books.nextId(), body.value, null);
}

export function updateTag(call: BooksCall): SandboxResponse {
  const [tagId = ""] = call.ids;
  const previous = call.books.tags.get(tagId);
  if (previous === undefined) return refuseMissing(call.context, "Reporting Tag");
  const body = parseInput(tagBody, call.input);
  return body.ok ? writeTag(call, tagId, body.value, previous) : refuseValue(body.error);
}

function writeTag(
  call: BooksCall,
  tagId: string,
  body: TagBody,
  previous: StoredTag | null,
): SandboxResponse {
  const { books } = call;
  const name = (body.tag_name ?? "").trim();
  if (name === "") return refuseValue("tag_name");
  if (body.entities === undefined) return refuseValue("entities");
  if (body.multi_preference_entities === undefined) return refuseValue("multi_preference_entities");
  const taken = idsBy(books.tags, "name", ({ name: known }) => known.toLowerCase(), name.toLowerCase());
  if (isTaken(taken, previous === null ? null : tagId))
    return refuseTaken("A reporting tag with this name already exists.");
  const now = books.stamp();
  const tag: StoredTag = {
    options: [],
    order: books.tags.size + 1,
    ...previous,
    name,
    description: body.description ?? previous?.description ?? "",
    mandatory: body.is_mandatory ?? previous?.mandatory ?? false,
    entities: body.entities,
    multiPreference: body.multi_preference_entities,
    created: previous?.created ?? now,
    modified: now,
  };
  books.tags.put(tagId, tag);
  const shown = {
    tag: {
      tag_id: tagId,
      tag_name: name,
      description: tag.description,
      is_mandatory: tag.mandatory,
      entities: body.entities,
      multi_preference_entities: body.multi_preference_entities,
    },
  };
  return succeedWriting(shown, "success", previous === null ? 201 : 200);
}

export function deleteTag(call: BooksCall): SandboxResponse {
  const [tagId = ""] = call.ids;
  const tag = call.books.tags.get(tagId);
  if (tag === undefined) return refuseMissing(call.context, "Reporting Tag");
  if (tag.options.some((option) => lineUse(call.books).has(option.id)))
    return refuseNotAllowed("Reporting tags that are used in transactions cannot be deleted.");
  call.books.tags.delete(tagId);
  return succeedWriting({}, "The reporting tag has been deleted successfully.");
}

export const activateTag = (call: BooksCall): SandboxResponse =>
  setActive(call, true, "The reporting tag has been activated.");

export const deactivateTag = (call: BooksCall): SandboxResponse =>
  setActive(call, false, "The reporting tag has been deactivated.");

function setActive(call: BooksCall, active: boolean, message: string): SandboxResponse {
  const [tagId = ""] = call.ids;
  const tag = call.books.tags.get(tagId);
  if (tag === undefined) return refuseMissing(call.context, "Reporting Tag");
  call.books.tags.put(tagId, { ...tag, active, modified: call.books.stamp() });
  return succeedWriting({}, message);
}

export function reorderTags(call: BooksCall): SandboxResponse {
  const body = parseInput(z.object({ tag_ids: z.array(id) }), call.input);
  if (!body.ok) return refuseValue(body.error);
  const asked = body.value.tag_ids;
  for (const tagId of asked)
    if (call.books.tags.head(tagId) === undefined) return refuseMissing(call.context, "Reporting Tag");
  const rest = tagsInOrder(call.books).flatMap(([tagId]) => (asked.includes(tagId) ? [] : [tagId]));
  for (const [index, tagId] of [...asked, ...rest].entries()) {
    const tag = call.books.tags.get(tagId);
    if (tag !== undefined) call.books.tags.put(tagId, { ...tag, order: index + 1 });
  }
  return succeedWriting({ tags: rowsOf(call.books) }, "The reporting tags have been reordered successfully.");
}
