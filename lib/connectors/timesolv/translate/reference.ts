import type { LedgerAccount, ReferenceData } from "@/lib/domain/reference-data";
import type { WireFirm, WireTaskCode } from "../wire/firm";
import { bankKey, EXPENSES, expenseKey, FEES, INTEREST } from "./account-keys";

/** What a person maps from: kinds of line, expense codes, bank accounts and taxes of the firm. */
export function toReferenceData(
  firm: Pick<WireFirm, "FirmName" | "BankAccounts" | "TaxRates">,
  currency: string,
  taskCodes: readonly WireTaskCode[],
): ReferenceData {
  const expenses = taskCodes.filter(({ CodeType }) => CodeType.toLowerCase() === "expense");
  return {
    organisationName: firm.FirmName,
    baseCurrency: currency,
    accounts: [
      income(FEES, "", "Fees"),
      income(EXPENSES, "", "Unspecified expenses"),
      income(INTEREST, "", "Interest"),
      ...expenses.map(({ Code, Description }) =>
        income(expenseKey(Code), Code, `Expense ${Code}${Description === "" ? "" : ` (${Description})`}`),
      ),
      ...firm.BankAccounts.map(({ Id, Name, AccountType }): LedgerAccount => {
        // Money in trust is the clients': many firms keep it out of these books, so it may stay without an account.
        const isTrust = AccountType.toLowerCase() === "trust";
        return {
          key: bankKey(Id),
          code: "",
          name: Name,
          accountClass: "asset",
          isBank: !isTrust,
          acceptsPayments: true,
          currency: null,
          active: true,
          isSystem: false,
        };
      }),
    ],
    taxRates: firm.TaxRates.map(({ Id, Name, Percent }) => ({
      key: Id,
      name: Name,
      ratePercent: Percent,
      active: true,
      appliesTo: ["income"],
      isNoTax: false,
    })),
    trackingCategories: [],
    currencies: [currency],
    lockDate: null,
  };
}

const income = (key: string, code: string, name: string): LedgerAccount => ({
  key,
  code,
  name,
  accountClass: "income",
  isBank: false,
  acceptsPayments: false,
  currency: null,
  active: true,
  isSystem: false,
});
