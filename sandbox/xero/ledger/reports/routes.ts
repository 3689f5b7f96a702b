/** Addresses of the reports; each has a scope of its own, and none can be written. */

import type { XeroAnswer } from "../../answer";
import { answerRecords, type XeroCall } from "../../api/call";
import { type Route, route } from "../../api/route";
import { agedByContact } from "./aged-by-contact";
import { balanceSheet } from "./balance-sheet";
import { bankSummary } from "./bank-summary";
import { profitAndLoss } from "./profit-and-loss";
import { trialBalance } from "./trial-balance";

const scopeOf = (report: string): string => `accounting.reports.${report}`;

export const REPORT_ROUTES: readonly Route[] = [
  route("GET", "/Reports", scopeOf("taxreports"), publishedReports),
  route("GET", "/Reports/TrialBalance", scopeOf("trialbalance"), trialBalance),
  route("GET", "/Reports/BankSummary", scopeOf("banksummary"), bankSummary),
  route("GET", "/Reports/ProfitAndLoss", scopeOf("profitandloss"), profitAndLoss),
  route("GET", "/Reports/BalanceSheet", scopeOf("balancesheet"), balanceSheet),
  route("GET", "/Reports/AgedReceivablesByContact", scopeOf("aged"), (call) => agedByContact(call, "sales")),
  route("GET", "/Reports/AgedPayablesByContact", scopeOf("aged"), (call) => agedByContact(call, "purchases")),
];

/** GET /Reports lists tax reports that were published in Xero; nobody publishes one here. */
function publishedReports(call: XeroCall): XeroAnswer {
  return answerRecords(call, "Reports", []);
}
