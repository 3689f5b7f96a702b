"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { ok } from "@/lib/kernel/result";
import { bringBackExceptions } from "@/lib/operations/exceptions/bring-back-exceptions";
import { chooseValue } from "@/lib/operations/exceptions/choose-value";
import { correctRecord } from "@/lib/operations/exceptions/correct-record";
import { dismissExceptions } from "@/lib/operations/exceptions/dismiss-exceptions";
import { moveToOpenDay } from "@/lib/operations/exceptions/move-to-open-day";
import { retryExceptions } from "@/lib/operations/exceptions/retry-exceptions";
import { searchLedgerContacts } from "@/lib/operations/exceptions/search-ledger-contacts";
import { resolveConflict } from "@/lib/operations/flows/resolve-conflict";
import {
  chooseSchema,
  chosenFilterSchema,
  correctSchema,
  dismissSchema,
  filterSchema,
  resolveConflictSchema,
  searchContactsSchema,
} from "./schema";

export const retryExceptionsAction = workspaceAction(
  "exceptions/retryExceptionsAction",
  filterSchema,
  retryExceptions,
);

export const dismissExceptionsAction = workspaceAction(
  "exceptions/dismissExceptionsAction",
  dismissSchema,
  (access, { filter, reason }) => dismissExceptions(access, filter, reason),
);

export const bringBackExceptionsAction = workspaceAction(
  "exceptions/bringBackExceptionsAction",
  chosenFilterSchema,
  bringBackExceptions,
);

export const moveToOpenDayAction = workspaceAction(
  "exceptions/moveToOpenDayAction",
  chosenFilterSchema,
  moveToOpenDay,
);

export const chooseValueAction = workspaceAction("exceptions/chooseValueAction", chooseSchema, chooseValue);

export const correctRecordAction = workspaceAction(
  "exceptions/correctRecordAction",
  correctSchema,
  correctRecord,
);

export const searchLedgerContactsAction = workspaceAction(
  "exceptions/searchLedgerContactsAction",
  searchContactsSchema,
  async (access, { text }) => ok(await searchLedgerContacts(access, text)),
);

export const resolveConflictAction = workspaceAction(
  "exceptions/resolveConflictAction",
  resolveConflictSchema,
  resolveConflict,
);
