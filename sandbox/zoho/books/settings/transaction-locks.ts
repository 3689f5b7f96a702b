/**
 * Transaction locks: up to a date, the documents of a module (or of all) cannot be written, moved there or
 * moved away. Sales and purchase orders and estimates post nothing and are never locked. What Zoho answers to a
 * write in a locked period is not documented: the code is a switch, the sentence a guess.
 * https://www.zoho.com/books/api/v3/transaction-locking/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxContext, SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  succeed,
  succeedWriting,
} from "../answers";
import { date, id, parseInput, text } from "../input";
import type { Books } from "../open-books";
import type { LockModule, StoredLock } from "../records";

const REASON_CHARACTERS_MAX = 500;
const MODULES = ["sales", "purchase", "accountant", "banking", "inventory_adjustments"] as const;
const SCOPES: readonly StoredLock["module"][] = ["all", ...MODULES];
const STATUSES = ["disabled", "enabled", "enabled_with_logging"] as const;

const lockBody = z.object({
  transaction_lock_status: z.enum(STATUSES).optional(),
  transaction_lock_module: z.enum(MODULES).optional(),
  transaction_lock_date: date.optional(),
  reason: text.max(REASON_CHARACTERS_MAX).optional(),
  user_ids: z.array(id).optional(),
  account_ids: z.array(id).optional(),
});

const openingBody = z.object({
  is_enabled: z.boolean(),
  lock_module: z.enum(["all", "sales", "purchase", "accountant", "banking"]).optional(),
  start_date: date.optional(),
  end_date: date.optional(),
  reason: text.max(REASON_CHARACTERS_MAX).optional(),
});

/** The refusal of a write to a document of a module on any of the dates (undefined: none); null where it may be. */
export function refuseLocked(
  call: { readonly context: SandboxContext; readonly books: Books },
  module: LockModule | "purchases",
  ...dates: readonly (string | undefined)[]
): SandboxResponse | null {
  const asked = module === "purchases" ? "purchase" : module;
  for (const [, lock] of call.books.locks.heads()) {
    if (lock.status === "disabled" || (lock.module !== "all" && lock.module !== asked)) continue;
    for (const day of dates)
      if (day !== undefined && day <= lock.date && !isOpened(lock, asked, day))
        return refuse(
          400,
          Number(call.context.switches.get("zoho.locked-period-code")),
          `Transactions on or before ${lock.date} have been locked. This action cannot be performed.`,
        );
  }
  return null;
}

function isOpened({ opening }: StoredLock, module: LockModule, day: string): boolean {
  return (
    opening !== undefined &&
    (opening.module === "all" || opening.module === module) &&
    day >= opening.start &&
    day <= opening.end
  );
}

export function listTransactionLocks(call: BooksCall): SandboxResponse {
  const scope = call.query.get("lock_scope");
  return listPage(
    call,
    { key: "transaction_locks", reportName: null, sortColumn: "transaction_lock_date", sortOrder: "D" },
    [...call.books.locks.heads()]
      .filter(([, lock]) => scope === null || String(SCOPES.indexOf(lock.module)) === scope)
      .sort(([, a], [, b]) => (a.date < b.date ? 1 : -1)),
    (lockId, lock) => lockWire(call, lockId, lock),
  );
}

/** One lock by transaction_lock_id, else the one over all modules. */
export function getTransactionLock(call: BooksCall): SandboxResponse {
  const asked = call.query.get("transaction_lock_id");
  const found = asked === null ? lockOf(call, "all") : lockById(call, asked);
  return found === null
    ? refuseMissing(call.context, "Transaction Lock")
    : succeed({ transaction_lock: lockWire(call, found.lockId, found.lock) });
}

interface FoundLock {
  readonly lockId: string;
  readonly lock: StoredLock;
}

function lockById(call: BooksCall, lockId: string): FoundLock | null {
  const lock = call.books.locks.get(lockId);
  return lock === undefined ? null : { lockId, lock };
}

function lockOf(call: BooksCall, module: StoredLock["module"]): FoundLock | null {
  for (const [lockId, lock] of call.books.locks.heads()) if (lock.module === module) return { lockId, lock };
  return null;
}

/** Locks a module (or all), moves its date, or unlocks it. */
export function updateTransactionLock(call: BooksCall): SandboxResponse {
  const body = parseInput(lockBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { transaction_lock_status: status = "enabled", transaction_lock_module: module = "all" } = body.value;
  const known = lockOf(call, module);
  const lockDate = body.value.transaction_lock_date ?? known?.lock.date;
  if (lockDate === undefined) return refuseValue("transaction_lock_date");
  const lockId = known?.lockId ?? call.books.nextId();
  const now = call.books.stamp();
  const lock: StoredLock = {
    ...known?.lock,
    module,
    status,
    date: lockDate,
    reason: body.value.reason ?? known?.lock.reason ?? "",
    userIds: body.value.user_ids ?? known?.lock.userIds ?? [],
    accountIds: body.value.account_ids ?? known?.lock.accountIds ?? [],
    created: known?.lock.created ?? now,
    modified: now,
  };
  call.books.locks.put(lockId, lock);
  return succeedWriting(
    { transaction_lock: lockWire(call, lockId, lock) },
    "Transaction lock has been updated.",
  );
}

/** Opens some dates of the lock over all modules to a module, or closes them again. */
export function updatePartialUnlock(call: BooksCall): SandboxResponse {
  const body = parseInput(openingBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const found = lockOf(call, "all") ?? lockOf(call, firstModule(call));
  if (found === null) return refuseMissing(call.context, "Transaction Lock");
  const { is_enabled: isEnabled, lock_module: module = "all", start_date: start, end_date: end } = body.value;
  if (isEnabled && start === undefined) return refuseValue("start_date");
  if (isEnabled && (end === undefined || end < (start ?? ""))) return refuseValue("end_date");
  const { opening: _closed, ...closed } = found.lock;
  const lock: StoredLock = {
    ...closed,
    ...(isEnabled && start !== undefined && end !== undefined ? { opening: { module, start, end } } : {}),
    modified: call.books.stamp(),
  };
  call.books.locks.put(found.lockId, lock);
  return succeedWriting(
    { transaction_lock: lockWire(call, found.lockId, lock) },
    "Partial unlock settings have been updated.",
  );
}

function firstModule(call: BooksCall): StoredLock["module"] {
  for (const [, lock] of call.books.locks.heads()) return lock.module;
  return "all";
}

export function deleteTransactionLock(call: BooksCall): SandboxResponse {
  const lockId = call.query.get("transaction_lock_id") ?? "";
  if (call.books.locks.head(lockId) === undefined) return refuseMissing(call.context, "Transaction Lock");
  call.books.locks.delete(lockId);
  return succeedWriting({}, "The transaction lock has been deleted.");
}

function lockWire(call: BooksCall, lockId: string, lock: StoredLock) {
  const isLocked = lock.status !== "disabled";
  const names = { all: "All", purchase: "Purchases", inventory_adjustments: "Inventory Adjustments" };
  const formatted = { ...names, sales: "Sales", accountant: "Accountant", banking: "Banking" }[lock.module];
  return {
    transaction_lock_id: lockId,
    accounting_period_id: "",
    transaction_lock_status: lock.status,
    transaction_lock_date: lock.date,
    lock_status: isLocked ? (lock.opening === undefined ? "locked" : "partially_unlocked") : "unlocked",
    lock_scope: SCOPES.indexOf(lock.module),
    lock_scope_formatted: formatted,
    lock_status_formatted: isLocked
      ? lock.opening === undefined
        ? "Locked"
        : "Partially Unlocked"
      : "Unlocked",
    partial_lock_number: lock.opening === undefined ? 0 : 1,
    accounting_period_name: "",
    fiscal_year_name: "",
    start_date: lock.opening?.start ?? "",
    end_date: lock.opening?.end ?? lock.date,
    status: isLocked ? "active" : "inactive",
    is_adjustment_period: false,
    locked_by: call.organization.contactName,
    user_exceptions: lock.userIds,
    user_exceptions_count: lock.userIds.length,
    account_exceptions: lock.accountIds,
    account_exceptions_count: lock.accountIds.length,
    reason: lock.reason,
    active_lock_summary: {},
  };
}
