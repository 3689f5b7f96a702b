/**
 * Tracking categories and their options: at most two active and four in all, at most a hundred active options
 * each, names of a hundred characters that are unique in their place, and a delete only while no document uses
 * them (https://developer.xero.com/documentation/api/accounting/trackingcategories).
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Books } from "../books";
import type { TrackingCategory, TrackingOption } from "../records";
import { words } from "../write/input";
import { isUsed } from "./usage";

export const trackingOptionInput = z.object({ TrackingOptionID: words, Name: words, Status: words });
export type TrackingOptionInput = z.infer<typeof trackingOptionInput>;

export const trackingCategoryInput = z.object({
  TrackingCategoryID: words,
  Name: words,
  Status: words,
  Options: z.array(trackingOptionInput).nullish(),
});
export type TrackingCategoryInput = z.infer<typeof trackingCategoryInput>;

type Refusable = Result<string, readonly string[]>;

const ACTIVE_CATEGORIES_MAX = 2;
const CATEGORIES_MAX = 4;
const ACTIVE_OPTIONS_MAX = 100;
const NAME_CHARACTERS_MAX = 100;
const USED =
  "The tracking category or option is used on transactions and cannot be deleted. Archive it instead.";

/** PUT /TrackingCategories: a new category, with options if it names any; answers its id. */
export function createCategory(books: Books, input: TrackingCategoryInput): Refusable {
  const name = input.Name ?? "";
  const all = [...books.tracking.heads()].map(([, category]) => category);
  const problems = nameProblems(name, all, null);
  if (all.filter(({ status }) => status === "ACTIVE").length >= ACTIVE_CATEGORIES_MAX)
    problems.push(`An organisation can have at most ${ACTIVE_CATEGORIES_MAX} active tracking categories.`);
  else if (all.length >= CATEGORIES_MAX)
    problems.push(`An organisation can have at most ${CATEGORIES_MAX} tracking categories.`);
  if (problems.length > 0) return err(problems);
  const now = books.now();
  let category: TrackingCategory = {
    id: books.newId(),
    createdMs: now,
    updatedMs: now,
    name,
    status: "ACTIVE",
    options: [],
  };
  for (const option of input.Options ?? []) {
    const added = withNewOption(books, category, option);
    if (!added.ok) return added;
    category = added.value.category;
  }
  books.tracking.put(category);
  return ok(category.id);
}

/** POST /TrackingCategories/{id}: another name or status; answers its id. */
export function updateCategory(
  books: Books,
  before: TrackingCategory,
  input: TrackingCategoryInput,
): Refusable {
  const name = input.Name || before.name;
  const status = statusOf(input.Status, before.status);
  if (!status.ok) return err([status.error]);
  const all = [...books.tracking.heads()].map(([, category]) => category);
  const problems = nameProblems(name, all, before.id);
  const active = all.filter((category) => category.status === "ACTIVE" && category.id !== before.id);
  if (status.value === "ACTIVE" && active.length >= ACTIVE_CATEGORIES_MAX)
    problems.push(`An organisation can have at most ${ACTIVE_CATEGORIES_MAX} active tracking categories.`);
  if (problems.length > 0) return err(problems);
  books.tracking.put({ ...before, name, status: status.value, updatedMs: books.now() });
  return ok(before.id);
}

/** DELETE /TrackingCategories/{id}; null when it is gone. */
export function deleteCategory(books: Books, category: TrackingCategory): string | null {
  if (category.options.some(({ id }) => isUsed(books, id))) return USED;
  books.tracking.delete(category.id);
  return null;
}

/** PUT /TrackingCategories/{id}/Options: a new option; answers its id. */
export function createOption(
  books: Books,
  category: TrackingCategory,
  input: TrackingOptionInput,
): Refusable {
  const added = withNewOption(books, category, input);
  if (!added.ok) return added;
  books.tracking.put({ ...added.value.category, updatedMs: books.now() });
  return ok(added.value.option.id);
}

/** POST /TrackingCategories/{id}/Options/{id}: another name or status; answers the option's id. */
export function updateOption(
  books: Books,
  category: TrackingCategory,
  before: TrackingOption,
  input: TrackingOptionInput,
): Refusable {
  const status = statusOf(input.Status, before.status);
  if (!status.ok) return err([status.error]);
  const name = input.Name || before.name;
  const others = category.options.filter(({ id }) => id !== before.id);
  const problems = [
    ...nameProblems(name, others, null),
    ...(status.value === "ACTIVE" ? roomProblems(books, others) : []),
  ];
  if (problems.length > 0) return err(problems);
  const options = category.options.map((option) =>
    option.id === before.id ? { ...option, name, status: status.value } : option,
  );
  books.tracking.put({ ...category, options, updatedMs: books.now() });
  return ok(before.id);
}

/** DELETE /TrackingCategories/{id}/Options/{id}; null when it is gone. */
export function deleteOption(
  books: Books,
  category: TrackingCategory,
  option: TrackingOption,
): string | null {
  if (isUsed(books, option.id)) return USED;
  const options = category.options.filter(({ id }) => id !== option.id);
  books.tracking.put({ ...category, options, updatedMs: books.now() });
  return null;
}

function withNewOption(
  books: Books,
  category: TrackingCategory,
  input: TrackingOptionInput,
): Result<{ category: TrackingCategory; option: TrackingOption }, readonly string[]> {
  const name = input.Name ?? "";
  const problems = [...nameProblems(name, category.options, null), ...roomProblems(books, category.options)];
  if (problems.length > 0) return err(problems);
  const option: TrackingOption = { id: books.newId(), name, status: "ACTIVE" };
  return ok({ option, category: { ...category, options: [...category.options, option] } });
}

function statusOf(
  asked: string | null | undefined,
  before: TrackingCategory["status"],
): Result<TrackingCategory["status"], string> {
  const wanted = asked?.toUpperCase() || before;
  if (wanted === "ACTIVE" || wanted === "ARCHIVED") return ok(wanted);
  return err(`The status '${asked}' cannot be set.`);
}

function nameProblems(
  name: string,
  others: readonly { readonly id: string; readonly name: string }[],
  own: string | null,
): string[] {
  if (name.trim() === "") return ["Please enter a Name."];
  const problems: string[] = [];
  if (name.length > NAME_CHARACTERS_MAX)
    problems.push(`The Name can be at most ${NAME_CHARACTERS_MAX} characters long.`);
  if (others.some((other) => other.id !== own && other.name.toLowerCase() === name.toLowerCase()))
    problems.push("Please enter a unique Name.");
  return problems;
}

function roomProblems(books: Books, others: readonly TrackingOption[]): string[] {
  if (books.switchPosition("xero.tracking-options-over-100") === "accept") return [];
  const active = others.filter(({ status }) => status === "ACTIVE").length;
  return active >= ACTIVE_OPTIONS_MAX
    ? [`A tracking category can have at most ${ACTIVE_OPTIONS_MAX} active options.`]
    : [];
}
