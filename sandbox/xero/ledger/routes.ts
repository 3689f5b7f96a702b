/** Addresses of what moves the ledger besides documents, and of the reports that show it. */
import { BANK, MANUAL_JOURNALS, PAYMENTS, type Route, route } from "../api/route";
import {
  createBankTransfers,
  createBatchPayments,
  deleteBankTransfers,
  deleteBatchPayments,
  getBankTransfer,
  getBatchPayment,
  getManualJournal,
  listBankTransfers,
  listBatchPayments,
  listManualJournals,
  writeManualJournals,
} from "./journal-calls";
import { REPORT_ROUTES } from "./reports/routes";

export const LEDGER_ROUTES: readonly Route[] = [
  route("GET", "/ManualJournals", MANUAL_JOURNALS, listManualJournals),
  route("PUT", "/ManualJournals", MANUAL_JOURNALS, (call) => writeManualJournals(call, false)),
  route("POST", "/ManualJournals", MANUAL_JOURNALS, (call) => writeManualJournals(call, true)),
  route("GET", "/ManualJournals/{id}", MANUAL_JOURNALS, getManualJournal),
  route("POST", "/ManualJournals/{id}", MANUAL_JOURNALS, (call) => writeManualJournals(call, true)),
  route("GET", "/BankTransfers", BANK, listBankTransfers),
  route("PUT", "/BankTransfers", BANK, createBankTransfers),
  route("POST", "/BankTransfers", BANK, deleteBankTransfers),
  route("GET", "/BankTransfers/{id}", BANK, getBankTransfer),
  route("POST", "/BankTransfers/{id}", BANK, deleteBankTransfers),
  route("GET", "/BatchPayments", PAYMENTS, listBatchPayments),
  route("PUT", "/BatchPayments", PAYMENTS, createBatchPayments),
  route("POST", "/BatchPayments", PAYMENTS, deleteBatchPayments),
  route("GET", "/BatchPayments/{id}", PAYMENTS, getBatchPayment),
  route("POST", "/BatchPayments/{id}", PAYMENTS, deleteBatchPayments),
  ...REPORT_ROUTES,
];
