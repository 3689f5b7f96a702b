/** Scopes that tests of the ledger's endpoints ask for, besides the usual ones. */
import { TEST_SCOPES } from "../test-client";

export const LEDGER_SCOPES = [
  TEST_SCOPES,
  "accounting.manualjournals",
  "accounting.reports.trialbalance.read",
  "accounting.reports.banksummary.read",
  "accounting.reports.aged.read",
  "accounting.reports.profitandloss.read",
  "accounting.reports.balancesheet.read",
  "accounting.reports.taxreports.read",
].join(" ");
