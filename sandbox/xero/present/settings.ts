/** Organisation, accounts, tax rates, tracking, currencies and items as Xero's JSON shows them. */
import type { Wire } from "../answer";
import type { Books } from "../books";
import { wireDay, wireInstant } from "../dates";
import type {
  Account,
  Item,
  ItemPrice,
  Organisation,
  TaxComponent,
  TaxRate,
  TrackingCategory,
  TrackingOption,
} from "../records";
import { displayRate } from "../settings/write-tax-rate";
import { present, wireNumber, wireUnitAmount } from "./amount";

const VERSIONS: Readonly<Record<string, string>> = { AU: "AU", GB: "UK", NZ: "NZ", US: "US" };

/** The organisation on its price plan (see settings/plan.ts). */
export function presentOrganisation(organisation: Organisation, plan: string): Wire {
  const { periodLockDate, endOfYearLockDate, profile } = organisation;
  return present({
    OrganisationID: organisation.id,
    APIKey: profile?.apiKey,
    Name: organisation.name,
    LegalName: organisation.legalName,
    PaysTax: true,
    Version: VERSIONS[organisation.countryCode] ?? "GLOBAL",
    OrganisationType: profile?.organisationType ?? "COMPANY",
    OrganisationEntityType: profile?.organisationType ?? "COMPANY",
    BaseCurrency: organisation.baseCurrency,
    CountryCode: organisation.countryCode,
    IsDemoCompany: false,
    OrganisationStatus: "ACTIVE",
    TaxNumber: organisation.taxNumber,
    RegistrationNumber: organisation.registrationNumber,
    FinancialYearEndDay: organisation.financialYearEndDay,
    FinancialYearEndMonth: organisation.financialYearEndMonth,
    SalesTaxBasis: profile?.salesTaxBasis ?? "ACCRUALS",
    SalesTaxPeriod: profile?.salesTaxPeriod ?? "QUARTERLY",
    DefaultSalesTax: "Tax Exclusive",
    DefaultPurchasesTax: "Tax Exclusive",
    PeriodLockDate: periodLockDate === null ? null : wireDay(periodLockDate),
    EndOfYearLockDate: endOfYearLockDate === null ? null : wireDay(endOfYearLockDate),
    CreatedDateUTC: wireInstant(organisation.createdMs),
    Timezone: organisation.timezone,
    ShortCode: organisation.shortCode,
    Class: plan,
    Edition: "BUSINESS",
    LineOfBusiness: profile?.lineOfBusiness,
    Addresses: profile?.addresses ?? [],
    Phones: profile?.phones ?? [],
    ExternalLinks: profile?.externalLinks ?? [],
    PaymentTerms: profile?.paymentTerms ?? {},
  });
}

export function presentAccount(account: Account, hasAttachments = false): Wire {
  return present({
    AccountID: account.id,
    Code: account.code === "" ? null : account.code,
    Name: account.name,
    Status: account.status,
    Type: account.type,
    TaxType: account.taxType,
    Class: account.class,
    Description: account.description,
    SystemAccount: account.systemAccount,
    EnablePaymentsToAccount: account.enablePaymentsToAccount,
    ShowInExpenseClaims: account.showInExpenseClaims ?? false,
    BankAccountNumber: account.bankAccountNumber,
    BankAccountType: account.type === "BANK" ? (account.bankAccountType ?? "BANK") : null,
    CurrencyCode: account.currency,
    ReportingCode: "",
    HasAttachments: hasAttachments,
    AddToWatchlist: account.addToWatchlist ?? false,
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
    DisplayTaxRate: wireNumber(displayRate(rate)),
    EffectiveRate: wireNumber(rate.rate),
    Status: rate.status,
    TaxComponents: (rate.components ?? [usualComponent(rate)]).map((component) => ({
      Name: component.name,
      Rate: wireNumber(component.rate),
      IsCompound: component.isCompound,
      IsNonRecoverable: component.isNonRecoverable,
    })),
  };
}

function usualComponent({ rate }: TaxRate): TaxComponent {
  return { name: "VAT", rate, isCompound: false, isNonRecoverable: false };
}

/** A category with its options; archived ones only where the caller asked for them. */
export function presentTrackingCategory(category: TrackingCategory, withArchived = true): Wire {
  const options = category.options.filter(({ status }) => withArchived || status === "ACTIVE");
  return {
    TrackingCategoryID: category.id,
    Name: category.name,
    Status: category.status,
    Options: options.map(presentTrackingOption),
  };
}

export function presentTrackingOption(option: TrackingOption): Wire {
  return {
    TrackingOptionID: option.id,
    Name: option.name,
    Status: option.status,
    HasValidationErrors: false,
    IsDeleted: false,
    IsArchived: option.status === "ARCHIVED",
    IsActive: option.status === "ACTIVE",
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

/** An item; a tracked one with what is in stock of it. */
export function presentItem(books: Books, item: Item, unitDecimals: number): Wire {
  const stock = item.inventory === undefined ? null : books.ledger.stock(item.id);
  return present({
    ItemID: item.id,
    Code: item.code,
    Name: item.name,
    Description: item.description,
    PurchaseDescription: item.purchaseDescription,
    IsTrackedAsInventory: item.inventory !== undefined,
    InventoryAssetAccountCode: item.inventory?.assetAccountCode,
    TotalCostPool: stock === null ? null : wireNumber(stock.cost),
    QuantityOnHand: stock === null ? null : wireNumber(stock.quantity),
    IsSold: item.isSold,
    IsPurchased: item.isPurchased,
    SalesDetails: presentPrice(item.sales, unitDecimals),
    PurchaseDetails: {
      ...presentPrice(item.purchase, unitDecimals),
      ...(item.inventory === undefined ? {} : { COGSAccountCode: item.inventory.cogsAccountCode }),
    },
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
