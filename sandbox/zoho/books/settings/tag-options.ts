/**
 * The options of a reporting tag, which can stand under each other. They are written all at once: an option
 * that is not sent again is gone, unless lines carry it. Visibility conditions are not simulated.
 * https://www.zoho.com/books/api/v3/reporting-tags/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  readPaging,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  succeed,
  succeedWriting,
} from "../answers";
import { lineUse } from "../indexes";
import { id, parseInput, text } from "../input";
import type { StoredTag, StoredTagOption } from "../records";

interface OptionBody {
  readonly option_id?: string | undefined;
  readonly option_name: string;
  readonly is_active?: boolean | undefined;
  readonly is_default?: boolean | undefined;
  readonly children?: readonly OptionBody[] | undefined;
}

const optionBody: z.ZodType<OptionBody> = z.lazy(() =>
  z.object({
    option_id: id.optional(),
    option_name: text.min(1),
    is_active: z.boolean().optional(),
    is_default: z.boolean().optional(),
    children: z.array(optionBody).optional(),
  }),
);

const optionsBody: z.ZodType<{ readonly options: readonly OptionBody[] }> = z.object({
  options: z.array(optionBody),
});

/** GET /reportingtags/{id}/options/all: every option with its depth, parents before children. */
export function listTagOptions(call: BooksCall): SandboxResponse {
  const [tagId = ""] = call.ids;
  const tag = call.books.tags.get(tagId);
  if (tag === undefined) return refuseMissing(call.context, "Reporting Tag");
  const rows = inOrder(tag).map(({ option, depth }) => ({
    option_id: option.id,
    option_name: option.name,
    depth,
  }));
  const untagged = { option_id: "untagged", option_name: "Untagged", depth: 0 };
  return succeed({
    results: call.query.get("show_untagged") === "true" ? [untagged, ...rows] : rows,
  });
}

function inOrder(
  tag: StoredTag,
  parentId?: string,
  depth = 0,
): { readonly option: StoredTagOption; readonly depth: number }[] {
  return tag.options
    .filter((option) => option.parentId === parentId)
    .flatMap((option) => [{ option, depth }, ...inOrder(tag, option.id, depth + 1)]);
}

/** GET /reportingtags/options?tag_id= */
export function getTagWithOptions(call: BooksCall): SandboxResponse {
  const tagId = call.query.get("tag_id") ?? "";
  const tag = call.books.tags.get(tagId);
  if (tag === undefined) return refuseMissing(call.context, "Reporting Tag");
  const paging = readPaging(call);
  if ("refused" in paging) return refuseValue(paging.refused);
  const { page, perPage } = paging;
  const top = tag.options.filter(({ parentId }) => parentId === undefined);
  return succeed({
    dependent_tags: [],
    description: tag.description ?? "",
    is_class: false,
    is_draft: false,
    tag_id: tagId,
    tag_name: tag.name,
    options: top
      .slice((page - 1) * perPage, page * perPage)
      .map((option, index) => optionWire(tag, option, (page - 1) * perPage + index)),
    page_context: { page, per_page: perPage, has_more_page: top.length > page * perPage },
  });
}

interface OptionWire {
  readonly option_id: string;
  readonly option_name: string;
  readonly option_order: number;
  readonly parent_id: string;
  readonly parent_name: string;
  readonly is_active: boolean;
  readonly is_default: boolean;
  readonly children?: readonly OptionWire[];
}

function optionWire(tag: StoredTag, option: StoredTagOption, index: number): OptionWire {
  const children = tag.options
    .filter(({ parentId }) => parentId === option.id)
    .map((child, place) => optionWire(tag, child, place));
  return {
    option_id: option.id,
    option_name: option.name,
    option_order: index + 1,
    parent_id: option.parentId ?? "",
    parent_name: tag.options.find(({ id: known }) => known === option.parentId)?.name ?? "",
    is_active: option.active ?? true,
    is_default: option.isDefault ?? false,
    ...(option.parentId !== undefined && children.length === 0 ? {} : { children }),
  };
}

/** PUT /reportingtags/{id}/options */
export function updateTagOptions(call: BooksCall): SandboxResponse {
  const [tagId = ""] = call.ids;
  const tag = call.books.tags.get(tagId);
  if (tag === undefined) return refuseMissing(call.context, "Reporting Tag");
  const body = parseInput(optionsBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const options = storedOptions(call, tag, body.value.options, undefined);
  if (options === null) return refuseMissing(call.context, "Reporting Tag Option");
  const places = options.map(({ parentId = "", name }) => `${parentId} ${name.toLowerCase()}`);
  if (new Set(places).size < places.length)
    return refuseTaken("An option with this name already exists in the reporting tag.");
  if (options.filter(({ isDefault }) => isDefault === true).length > 1)
    return refuseNotAllowed("A reporting tag can have one default option.");
  const kept = new Set(options.map((option) => option.id));
  if (tag.options.some((option) => !kept.has(option.id) && lineUse(call.books).has(option.id)))
    return refuseNotAllowed("Options that are used in transactions cannot be deleted.");
  call.books.tags.put(tagId, { ...tag, options, modified: call.books.stamp() });
  return succeedWriting({}, "Options updated successfully");
}

/** null: an option_id is none of the tag's. */
function storedOptions(
  call: BooksCall,
  tag: StoredTag,
  bodies: readonly OptionBody[],
  parentId: string | undefined,
): StoredTagOption[] | null {
  const options: StoredTagOption[] = [];
  for (const body of bodies) {
    const old = tag.options.find(({ id: known }) => known === body.option_id);
    if (body.option_id !== undefined && old === undefined) return null;
    const optionId = old?.id ?? call.books.nextId();
    const children = storedOptions(call, tag, body.children ?? [], optionId);
    if (children === null) return null;
    options.push(
      {
        id: optionId,
        name: body.option_name,
        active: body.is_active ?? old?.active ?? true,
        isDefault: body.is_default ?? old?.isDefault ?? false,
        ...(parentId === undefined ? {} : { parentId }),
      },
      ...children,
    );
  }
  return options;
}

/** POST /reportingtags/{id}?default_option_id= */
export function setDefaultOption(call: BooksCall): SandboxResponse {
  const asked = call.query.get("default_option_id") ?? "";
  return changeOptions(
    call,
    asked === "" ? null : asked,
    (option) => ({ ...option, isDefault: option.id === asked }),
    "The option has been marked as default.",
  );
}

export const activateOption = (call: BooksCall): SandboxResponse =>
  setOptionActive(call, true, "The reporting tag option has been activated.");

export const deactivateOption = (call: BooksCall): SandboxResponse =>
  setOptionActive(call, false, "The reporting tag option has been deactivated.");

function setOptionActive(call: BooksCall, active: boolean, message: string): SandboxResponse {
  const [, optionId = ""] = call.ids;
  return changeOptions(
    call,
    optionId,
    (option) => (option.id === optionId ? { ...option, active } : option),
    message,
  );
}

function changeOptions(
  call: BooksCall,
  optionId: string | null,
  change: (option: StoredTagOption) => StoredTagOption,
  message: string,
): SandboxResponse {
  const [tagId = ""] = call.ids;
  const tag = call.books.tags.get(tagId);
  if (tag === undefined) return refuseMissing(call.context, "Reporting Tag");
  if (optionId !== null && tag.options.every((option) => option.id !== optionId))
    return refuseMissing(call.context, "Reporting Tag Option");
  call.books.tags.put(tagId, { ...tag, options: tag.options.map(change), modified: call.books.stamp() });
  return succeedWriting({}, message);
}
