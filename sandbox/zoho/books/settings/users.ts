/**
 * The people of an organisation. The login that calls is always one of them, an admin; others are invited and
 * accept outside the API. https://www.zoho.com/books/api/v3/users/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount, zonedTime } from "../../wire/formats";
import {
  type BooksCall,
  listPage,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  sortAsked,
  succeed,
  succeedWriting,
} from "../answers";
import { figure, id, parseInput, text } from "../input";
import type { StoredUser } from "../records";

/** The sandbox's one login as a user of an organisation. */
export const OWN_USER_ID = "480211000000000013";
const ADMIN_ROLE_ID = "480211000000000011";
const STAFF_ROLE_ID = "480211000000000012";

const userBody = z.object({
  name: text.optional(),
  email: text.optional(),
  role_id: id.optional(),
  cost_rate: figure.optional(),
});

function usersOf({ books, organization }: BooksCall): Map<string, StoredUser> {
  const { contactName, email, created, modified } = organization;
  const own: StoredUser = {
    ...{ name: contactName, email, role: "admin", roleId: ADMIN_ROLE_ID, status: "active" },
    ...{ loginId: "self", created, modified },
  };
  return new Map([[OWN_USER_ID, own], ...books.users.heads()]);
}

export function listUsers(call: BooksCall): SandboxResponse {
  const filter = /^Status\.(\w+)$/.exec(call.query.get("filter_by") ?? "")?.[1]?.toLowerCase();
  const sort = sortAsked(call, ["name", "email", "user_role", "status"], { column: "name", order: "A" });
  const columns = {
    name: ({ name }: StoredUser) => name,
    email: ({ email }: StoredUser) => email,
    user_role: ({ role }: StoredUser) => role,
    status: ({ status }: StoredUser) => status,
  };
  const read = columns[sort.column];
  const direction = sort.order === "A" ? 1 : -1;
  const rows = [...usersOf(call)]
    .filter(
      ([, { status }]) => !["active", "inactive", "invited"].includes(filter ?? "") || status === filter,
    )
    .sort(([, a], [, b]) => direction * read(a).localeCompare(read(b), "en"));
  return listPage(
    call,
    {
      key: "users",
      reportName: "Users",
      sortColumn: sort.column,
      sortOrder: sort.order,
      withoutFilter: true,
    },
    rows,
    (userId, user) => ({
      user_id: userId,
      role_id: user.roleId ?? STAFF_ROLE_ID,
      name: user.name,
      email: user.email,
      user_role: user.role,
      status: user.status,
      is_current_user: userId === OWN_USER_ID,
      photo_url: "",
      is_customer_segmented: false,
      is_vendor_segmented: false,
      user_type: "zoho",
    }),
  );
}

export const getCurrentUser = (call: BooksCall): SandboxResponse => answerUser(call, OWN_USER_ID);

export const getUser = (call: BooksCall): SandboxResponse => answerUser(call, call.ids[0] ?? "");

function answerUser(call: BooksCall, userId: string): SandboxResponse {
  const user = usersOf(call).get(userId);
  if (user === undefined) return refuseMissing(call.context, "User");
  return succeed({
    user: {
      user_id: userId,
      name: user.name,
      email_ids: [{ email: user.email, is_selected: true }],
      status: user.status,
      user_role: user.role,
      user_type: "zoho",
      role_id: user.roleId ?? STAFF_ROLE_ID,
      cost_rate: amount(user.costRate ?? "0"),
      photo_url: "",
      is_employee: false,
      created_time: zonedTime(user.created, call.organization.timeZone),
      custom_fields: "",
    },
  });
}

/** Invites a person. */
export function createUser(call: BooksCall): SandboxResponse {
  const body = parseInput(userBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeUser(call, call.books.nextId(), body.value, null, "Your invitation has been sent.");
}

export function updateUser(call: BooksCall): SandboxResponse {
  const [userId = ""] = call.ids;
  const previous = usersOf(call).get(userId);
  if (previous === undefined) return refuseMissing(call.context, "User");
  const body = parseInput(userBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeUser(call, userId, body.value, previous, "The user information has been updated.");
}

function writeUser(
  call: BooksCall,
  userId: string,
  body: z.infer<typeof userBody>,
  previous: StoredUser | null,
  message: string,
): SandboxResponse {
  const { name = "", email = "" } = body;
  if (name === "") return refuseValue("name");
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return refuseValue("email");
  for (const [otherId, other] of usersOf(call))
    if (otherId !== userId && other.email.toLowerCase() === email.toLowerCase())
      return refuseTaken("A user with this email address already exists in your organization.");
  const now = call.books.stamp();
  call.books.users.put(userId, {
    role: "staff",
    status: "invited",
    ...previous,
    name,
    email,
    ...(body.role_id === undefined ? {} : { roleId: body.role_id }),
    ...(body.cost_rate === undefined ? {} : { costRate: body.cost_rate }),
    created: previous?.created ?? now,
    modified: now,
  });
  return succeedWriting({}, message);
}

export const inviteUser = (call: BooksCall): SandboxResponse =>
  changeOther(call, "Your invitation has been sent.", (user) => ({ ...user, status: "invited" }));

export const activateUser = (call: BooksCall): SandboxResponse =>
  changeOther(call, "The user has been marked as active.", (user) => ({ ...user, status: "active" }));

export const deactivateUser = (call: BooksCall): SandboxResponse =>
  changeOther(call, "The user has been marked as inactive.", (user) => ({ ...user, status: "inactive" }));

export const deleteUser = (call: BooksCall): SandboxResponse =>
  changeOther(call, "The user has been removed from your organization.", () => null);

function changeOther(
  call: BooksCall,
  message: string,
  change: (user: StoredUser) => StoredUser | null,
): SandboxResponse {
  const [userId = ""] = call.ids;
  if (userId === OWN_USER_ID) return refuseNotAllowed("You cannot perform this action on yourself.");
  const user = call.books.users.get(userId);
  if (user === undefined) return refuseMissing(call.context, "User");
  const changed = change(user);
  if (changed === null) call.books.users.delete(userId);
  else call.books.users.put(userId, { ...changed, modified: call.books.stamp() });
  return succeedWriting({}, message);
}
