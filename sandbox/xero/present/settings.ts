/** Organisation, accounts, tax rates, tracking, currencies and items as Xero's JSON shows them. */
import type { Wire } from "../answer";
import type { Books } from "../books";
import { wireDay, wireInstant } from "../dates";
import type { Account, Item, ItemPrice, Organisation, TaxRate, TrackingCategory } from "../records";
import { present, wireNumber, wireUnitAmount } from "./amount";

export function presentOrganisation(organisation: Organisation): Wire {
  const { periodLockDate, endOfYearLockDate } = organisation;
  return present({
    OrganisationID: organisation.id,
    Name: organisation.name,
    LegalName: organisation.legalName,
    PaysTax: true,
    Version: organisation.countryCode === "GB" ? "UK" : "GLOBAL",
    OrganisationType: "COMPANY",
    OrganisationEntityType: "COMPANY",
    BaseCurrency: organisation.baseCurrency,
    CountryCode: organisation.countryCode,
    IsDemoCompany: false,
    OrganisationStatus: "ACTIVE",
    TaxNumber: organisation.taxNumber,
    RegistrationNumber: organisation.registrationNumber,
    FinancialYearEndDay: organisation.financialYearEndDay,
    FinancialYearEndMonth: organisation.financialYearEndMonth,
    SalesTaxBasis: "ACCRUALS",
    SalesTaxPeriod: "QUARTERLY",
    DefaultSalesTax: "Tax Exclusive",
    DefaultPurchasesTax: "Tax Exclusive",
    PeriodLockDate: periodLockDate === null ? null : wireDay(periodLockDate),
    EndOfYearLockDate: endOfYearLockDate === null ? null : wireDay(endOfYearLockDate),
    CreatedDateUTC: wireInstant(organisation.createdMs),
    Timezone: organisation.timezone,
    ShortCode: organisation.shortCode,
    Class: "PREMIUM",
    Edition: "BUSINESS",
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: {},
  });
}

export function presentAccount(account: Account): Wire {
  return present({
    AccountID: account.id,
    Code: account.code,
    Name: account.name,
    Status: account.status,
    Type: account.type,
    TaxType: account.taxType,
    Class: account.class,
    Description: account.description,
    SystemAccount: account.systemAccount,
    EnablePaymentsToAccount: account.enablePaymentsToAccount,
    ShowInExpenseClaims: false,
    BankAccountNumber: account.bankAccountNumber,
    BankAccountType: account.type === "BANK" ? "BANK" : null,
    CurrencyCode: account.currency,
    ReportingCode: "",
    HasAttachments: false,
    AddToWatchlist: false,
    UpdatedDateUTC: wireInstant(account.updatedMs),
  });
}

export function presentTaxRate(rate: TaxRate): Wire {
  return {
    Name: rate.name,
    TaxType: rate.taxType,
    ReportTaxType: rate.reportTaxType,
    CanApplyToAssets: rate.appliesTo.includes("ASSET"),
    CanApplyToEquity: rate.appliesTo.includes("EQUITY"),
    CanApplyToExpenses: rate.appliesTo.includes("EXPENSE"),
    CanApplyToLiabilities: rate.appliesTo.includes("LIABILITY"),
    CanApplyToRevenue: rate.appliesTo.includes("REVENUE"),
    DisplayTaxRate: wireNumber(rate.rate),
    EffectiveRate: wireNumber(rate.rate),
    Status: rate.status,
    TaxComponents: [{ Name: "VAT", Rate: wireNumber(rate.rate), IsCompound: false, IsNonRecoverable: false }],
  };
}

export function presentTrackingCategory(category: TrackingCategory): Wire {
  return {
    TrackingCategoryID: category.id,
    Name: category.name,
    Status: category.status,
    Options: category.options.map((option) => ({
      TrackingOptionID: option.id,
      Name: option.name,
      Status: option.status,
      HasValidationErrors: false,
      IsDeleted: false,
      IsArchived: option.status === "ARCHIVED",
      IsActive: option.status === "ACTIVE",
    })),
  };
}

const CURRENCY_NAMES: Readonly<Record<string, string>> = {
  AUD: "Australian Dollar",
  CAD: "Canadian Dollar",
  CHF: "Swiss Franc",
  DKK: "Danish Krone",
  EUR: "Euro",
  GBP: "British Pound",
  JPY: "Japanese Yen",
  NOK: "Norwegian Krone",
  NZD: "New Zealand Dollar",
  SEK: "Swedish Krona",
  USD: "United States Dollar",
};

export function isKnownCurrency(code: string): boolean {
  return Object.hasOwn(CURRENCY_NAMES, code);
}

export function presentCurrency(code: string): Wire {
  return { Code: code, Description: CURRENCY_NAMES[code] ?? code };
}

export function presentItem(item: Item, unitDecimals: number): Wire {
  return present({
    ItemID: item.id,
    Code: item.code,
    Name: item.name,
    Description: item.description,
    PurchaseDescription: item.purchaseDescription,
    IsTrackedAsInventory: false,
    IsSold: item.isSold,
    IsPurchased: item.isPurchased,
    SalesDetails: presentPrice(item.sales, unitDecimals),
    PurchaseDetails: presentPrice(item.purchase, unitDecimals),
    UpdatedDateUTC: wireInstant(item.updatedMs),
  });
}

function presentPrice(price: ItemPrice | null, unitDecimals: number): Wire {
  if (price === null) return {};
  return present({
    UnitPrice: price.unitPrice === null ? null : wireUnitAmount(price.unitPrice, unitDecimals),
    AccountCode: price.accountCode,
    TaxType: price.taxType,
  });
}

/** Names of a tracking option and its category, as document lines repeat them. */
export function presentTracking(books: Books, optionId: string): Wire | null {
  for (const [, category] of books.tracking.heads()) {
    const option = category.options.find((candidate) => candidate.id === optionId);
    if (option === undefined) continue;
    return {
      TrackingCategoryID: category.id,
      TrackingOptionID: option.id,
      Name: category.name,
      Option: option.name,
    };
  }
  return null;
}
