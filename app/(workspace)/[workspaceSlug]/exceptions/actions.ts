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
  { role: "bookkeeper", schema: filterSchema },
  retryExceptions,
);

export const dismissExceptionsAction = workspaceAction(
  { role: "bookkeeper", schema: dismissSchema },
  (access, { filter, reason }) => dismissExceptions(access, filter, reason),
);

export const bringBackExceptionsAction = workspaceAction(
  { role: "bookkeeper", schema: chosenFilterSchema },
  bringBackExceptions,
);

export const moveToOpenDayAction = workspaceAction(
  { role: "bookkeeper", schema: chosenFilterSchema },
  moveToOpenDay,
);

export const chooseValueAction = workspaceAction({ role: "bookkeeper", schema: chooseSchema }, chooseValue);

export const correctRecordAction = workspaceAction(
  { role: "bookkeeper", schema: correctSchema },
  correctRecord,
);

export const searchLedgerContactsAction = workspaceAction(
  { role: "bookkeeper", schema: searchContactsSchema },
  async (access, { text }) => ok(await searchLedgerContacts(access, text)),
);

export const resolveConflictAction = workspaceAction(
  { role: "bookkeeper", schema: resolveConflictSchema },
  resolveConflict,
);
