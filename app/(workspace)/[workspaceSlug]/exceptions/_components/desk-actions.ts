import type { DeskActions } from "@/components/exceptions/exception-desk";
import {
  bringBackExceptionsAction,
  chooseValueAction,
  correctRecordAction,
  dismissExceptionsAction,
  moveToOpenDayAction,
  retryExceptionsAction,
  searchLedgerContactsAction,
} from "../actions";

/** The actions of these pages for one workspace. */
export const deskActions = (slug: string): DeskActions => ({
  retry: retryExceptionsAction.bind(null, slug),
  dismiss: dismissExceptionsAction.bind(null, slug),
  bringBack: bringBackExceptionsAction.bind(null, slug),
  moveToOpenDay: moveToOpenDayAction.bind(null, slug),
  choose: chooseValueAction.bind(null, slug),
  correct: correctRecordAction.bind(null, slug),
  searchContacts: searchLedgerContactsAction.bind(null, slug),
});
