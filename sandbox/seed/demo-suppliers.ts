/** The suppliers of the demo company, and what it bought of them from July to October 2026. Invented, like its customers. */
import { STANDARD_RATE, ZERO_RATED } from "./zoho-reference-data";

export interface DemoSupplier {
  readonly name: string;
  readonly email: string;
  readonly city: string;
  readonly country: string;
  readonly currency?: "EUR";
}

const uk = (name: string, email: string, city: string): DemoSupplier => ({
  ...{ name, email, city, country: "United Kingdom" },
});

export const SUPPLIERS = {
  print: uk("Lizard Press Ltd", "studio@lizardpress.example", "Helston"),
  packaging: uk("Albion Packaging Ltd", "sales@albionpackaging.example", "Bristol"),
  courier: uk("Severn Couriers Ltd", "accounts@severncouriers.example", "Gloucester"),
  landlord: uk("Quay Property Lettings", "rent@quayproperty.example", "Falmouth"),
  telecom: uk("Westcountry Telecom", "billing@wctelecom.example", "Exeter"),
  energy: uk("Kernow Energy", "hello@kernowenergy.example", "Truro"),
  rail: uk("Coastline Rail", "tickets@coastlinerail.example", "Penzance"),
  ceramics: {
    ...{ name: "Keramik Lindholm GmbH", email: "rechnung@lindholm.example" },
    ...{ city: "Kiel", country: "Germany", currency: "EUR" },
  },
} as const satisfies Record<string, DemoSupplier>;
export type SupplierKey = keyof typeof SUPPLIERS;

/** A tax that sales do not have. */
export const REDUCED_RATE = "Reduced rate";

/** Accounts that only purchases need; named as in Xero's chart. */
export const PURCHASE_ACCOUNTS = [
  "Advertising & Marketing",
  "Postage, Freight & Courier",
  "General Expenses",
  "Rent",
  "Subscriptions",
  "Telephone & Internet",
] as const;
export const COST_OF_GOODS = "Cost of Goods Sold";
type Account = (typeof PURCHASE_ACCOUNTS)[number] | typeof COST_OF_GOODS | "Samples";

export interface Bought {
  readonly account: Account;
  readonly description: string;
  readonly quantity: string;
  readonly rate: string;
  readonly tax: typeof STANDARD_RATE | typeof ZERO_RATED | typeof REDUCED_RATE;
}

const bought = (
  account: Account,
  description: string,
  quantity: string,
  rate: string,
  tax: Bought["tax"] = STANDARD_RATE,
): Bought => ({ account, description, quantity, rate, tax });

const rent = (month: string): Bought => bought("Rent", `Rent of the shop, ${month}`, "1", "1250", ZERO_RATED);
const courier = (month: string, rate: string): Bought =>
  bought("Postage, Freight & Courier", `Parcels in ${month}`, "1", rate);

export interface DemoBill {
  readonly number: string;
  readonly supplier: SupplierKey;
  readonly date: string;
  readonly lines: readonly Bought[];
  readonly inclusive?: boolean;
  readonly state?: "draft" | "void";
}

export const BILLS: readonly DemoBill[] = [
  { number: "QPL-0701", supplier: "landlord", date: "2026-07-01", lines: [rent("July")] },
  {
    ...{ number: "LP-2231", supplier: "print", date: "2026-07-06" },
    lines: [bought("Advertising & Marketing", "Summer catalogue, 500 copies", "500", "0.96")],
  },
  {
    ...{ number: "AP-7781", supplier: "packaging", date: "2026-07-09" },
    lines: [
      bought("Postage, Freight & Courier", "Gift boxes, small", "400", "0.415"),
      bought("Postage, Freight & Courier", "Tissue paper, ream", "8", "12.35"),
    ],
  },
  {
    ...{ number: "KL-2026-118", supplier: "ceramics", date: "2026-07-14" },
    lines: [
      bought(COST_OF_GOODS, "Mug, glazed", "120", "8.4", ZERO_RATED),
      bought(COST_OF_GOODS, "Serving bowl", "60", "14.25", ZERO_RATED),
    ],
  },
  {
    ...{ number: "SC-10442", supplier: "courier", date: "2026-07-31" },
    lines: [courier("July", "318.47")],
  },
  { number: "QPL-0801", supplier: "landlord", date: "2026-08-01", lines: [rent("August")] },
  {
    ...{ number: "WT-55120", supplier: "telecom", date: "2026-08-03" },
    lines: [bought("Telephone & Internet", "Line and broadband, third quarter", "1", "92.4")],
  },
  {
    ...{ number: "KE-3391", supplier: "energy", date: "2026-08-12" },
    lines: [bought("General Expenses", "Electricity, May to July", "1", "214.36", REDUCED_RATE)],
  },
  {
    ...{ number: "AP-7902", supplier: "packaging", date: "2026-08-20" },
    lines: [
      bought("Postage, Freight & Courier", "Gift boxes, large", "250", "0.725"),
      bought("Samples", "Recycled board, trial lot", "1", "38.1"),
      bought("General Expenses", "Booklet on packaging law", "1", "14.99", ZERO_RATED),
    ],
  },
  {
    ...{ number: "SC-10518", supplier: "courier", date: "2026-08-31" },
    lines: [courier("August", "274.03")],
  },
  { number: "QPL-0901", supplier: "landlord", date: "2026-09-01", lines: [rent("September")] },
  {
    ...{ number: "KL-2026-142", supplier: "ceramics", date: "2026-09-08" },
    lines: [bought(COST_OF_GOODS, "Salt pot with lid", "90", "11.6", ZERO_RATED)],
  },
  {
    ...{ number: "LP-2290", supplier: "print", date: "2026-09-22", inclusive: true },
    lines: [
      bought("Advertising & Marketing", "Window posters", "12", "24.95"),
      bought("Advertising & Marketing", "Christmas cards, proof", "1", "60"),
    ],
  },
  {
    ...{ number: "AP-8003", supplier: "packaging", date: "2026-10-05", state: "draft" },
    lines: [bought("Postage, Freight & Courier", "Christmas boxes", "600", "0.58")],
  },
  {
    ...{ number: "SC-10590", supplier: "courier", date: "2026-10-09", state: "void" },
    lines: [courier("September", "12.4")],
  },
];
