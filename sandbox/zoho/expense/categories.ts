/** The expense category calls. The list's rows are called expense_accounts; one in use cannot be deleted. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  CODE_DUPLICATE,
  CODE_NOT_ALLOWED,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sorted,
  succeed,
  succeedWriting,
} from "../books/answers";
import { matching } from "../books/filters";
import { parseInput } from "../books/input";
import { zonedTime } from "../wire/formats";
import { type CategoryBody, categoryBody } from "./input";
import type { StoredCategory } from "./records";
import type { ExpenseCall } from "./route";

export function listCategories(call: ExpenseCall): SandboxResponse {
  const status = /^Status\.(Active|Inactive)$/.exec(call.query.get("filter_by") ?? "")?.[1];
  return listPage(
    call,
    {
      key: "expense_accounts",
      reportName: "Expense Categories",
      sortColumn: "account_name",
      sortOrder: "A",
    },
    matching(
      sorted(call.expense.categories, "account_name", "A", ({ name }) => name.toLowerCase()),
      status === undefined ? [] : [(_id, { active }) => active === (status === "Active")],
    ),
    (id, category) => categoryWire(call, id, category),
  );
}

function categoryWire(call: ExpenseCall, id: string, category: StoredCategory) {
  return {
    category_id: id,
    category_name: category.name,
    account_id: id,
    account_name: category.name,
    account_code: category.code,
    description: category.description,
    status: category.active ? "active" : "inactive",
    is_enabled: category.active,
    parent_account_id: "",
    parent_account_name: "",
    created_time: zonedTime(category.created, call.organization.timeZone),
    last_modified_time: zonedTime(category.modified, call.organization.timeZone),
  };
}

export function getCategory(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const category = call.expense.categories.get(id);
  return category === undefined
    ? refuseMissing(call.context, "Expense Category")
    : succeed({ expense_category: categoryWire(call, id, category) });
}

export function createCategory(call: ExpenseCall): SandboxResponse {
  const body = parseInput(categoryBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeCategory(call, call.books.nextId(), body.value, null);
}

export function updateCategory(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.expense.categories.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Expense Category");
  const body = parseInput(categoryBody, call.input);
  return body.ok ? writeCategory(call, id, body.value, previous) : refuseValue(body.error);
}

function writeCategory(
  call: ExpenseCall,
  id: string,
  body: CategoryBody,
  previous: StoredCategory | null,
): SandboxResponse {
  const name = (body.category_name ?? body.account_name ?? previous?.name ?? "").trim();
  if (name === "") return refuseValue("category_name");
  if (![null, id].includes(call.expense.categories.find(name)))
    return refuse(400, CODE_DUPLICATE, `The category ${name} already exists.`);
  const now = call.books.stamp();
  const category: StoredCategory = {
    name,
    code: body.account_code ?? previous?.code ?? "",
    description: body.description ?? previous?.description ?? "",
    active: body.is_enabled ?? previous?.active ?? true,
    created: previous?.created ?? now,
    modified: now,
  };
  call.expense.categories.put(id, category);
  const shown = { expense_category: categoryWire(call, id, category) };
  return previous === null
    ? succeedWriting(shown, "The category has been created.", 201)
    : succeedWriting(shown, "The category has been updated.");
}

export function deleteCategory(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  if (call.expense.categories.head(id) === undefined) return refuseMissing(call.context, "Expense Category");
  for (const [, { lines }] of call.expense.claims.heads())
    if (lines.some(({ categoryId }) => categoryId === id))
      return refuse(400, CODE_NOT_ALLOWED, "Categories with expenses cannot be deleted.");
  call.expense.categories.delete(id);
  return succeedWriting({}, "The category has been deleted.");
}
