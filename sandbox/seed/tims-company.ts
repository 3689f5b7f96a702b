/**
 * Severn Gas & Welding Supply Ltd in the simulated TIMS: a small supplier of gases and welding gear. Its orders are
 * shipped, invoiced and partly paid, it buys from four vendors, and its books have a few entries by hand. Everything is
 * invented and the same in every run; one invoice differs from its order, and one order ships what is not on hand.
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import { type LineInput, TIMS_COMPANY_ID, type TimsDesk, timsDesk } from "@/sandbox/tims/type-in";

const ACCOUNTS: readonly (readonly [code: string, name: string, type: string])[] = [
  ["1000", "Business Bank Account", "Bank"],
  ["1100", "Accounts Receivable", "AccountsReceivable"],
  ["1200", "Inventory", "CurrentAsset"],
  ["1500", "Office Equipment", "FixedAsset"],
  ["1510", "Accumulated Depreciation", "FixedAsset"],
  ["2000", "Accounts Payable", "AccountsPayable"],
  ["2200", "Wages Payable", "CurrentLiability"],
  ["4000", "Sales", "Income"],
  ["4100", "Cylinder Rental", "Income"],
  ["4900", "Interest Income", "Income"],
  ["5000", "Cost of Goods Sold", "CostOfSales"],
  ["5200", "Inventory Adjustments", "CostOfSales"],
  ["6000", "Wages and Salaries", "Expense"],
  ["6100", "Bank Fees", "Expense"],
  ["6300", "Depreciation", "Expense"],
  ["6400", "Freight & Courier", "Expense"],
];

const ITEMS: readonly (readonly [
  sku: string,
  description: string,
  price: string,
  category: string,
  onHand: number,
])[] = [
  ["OXY-K", "Oxygen, size K cylinder fill", "38.50", "GAS", 120],
  ["ARG-50", "Argon, 50 litre cylinder fill", "94.75", "GAS", 64],
  ["ACE-B", "Acetylene, size B cylinder fill", "71.20", "GAS", 30],
  ["MIX-C25", "Argon/CO2 25 % mix, 50 litre", "88.40", "GAS", 41],
  ["ROD-7018", "Welding rods 7018, 5 kg", "27.99", "WELD", 210],
  ["WIRE-08", "MIG wire 0.8 mm, 15 kg", "42.35", "WELD", 96],
  ["MASK-AUTO", "Auto-darkening helmet", "119.00", "SAFE", 18],
  ["GLOVE-L", "Welding gloves, large", "8.45", "SAFE", 300],
  ["REG-OXY", "Oxygen regulator, two stage", "64.90", "GEAR", 2],
  ["HOSE-10", "Twin hose, 10 m", "33.33", "GEAR", 52],
];

const CUSTOMERS: readonly (readonly [name: string, first: string, last: string, terms: number])[] = [
  ["Avonmouth Fabrications Ltd", "Dilys", "Hopkin", 30],
  ["Bridgewater Marine Repairs", "Owen", "Tarr", 30],
  ["Caldicot Steelwork Ltd", "Meera", "Nair", 14],
  ["Dursley Agricultural Engineers", "Tom", "Workman", 30],
  ["Exmoor Gates & Railings", "Hanna", "Blackmore", 14],
  ["Filton College Workshop", "Grace", "Okoro", 30],
  ["Gloucester Boilers Ltd", "Piotr", "Zielinski", 60],
  ["Hereford Motor Bodies", "Ann", "Preece", 30],
];

const VENDORS: readonly (readonly [name: string, first: string, last: string])[] = [
  ["National Industrial Gases plc", "Ruth", "Adeyemi"],
  ["Black Country Welding Wire Co", "Dean", "Fellows"],
  ["Western Haulage Ltd", "Marie", "Cotterill"],
  ["Severnside Bank plc", "", ""],
];

const at = (date: string): string => `${date}T09:00:00.000Z`;

/** Writes the company into a sandbox without one. */
export function seedTimsCompany(context: SandboxContext): void {
  const desk = timsDesk(context);
  seedTimsBasics(desk);
  const customerIds = CUSTOMERS.map(([name, firstName, lastName, terms], index) =>
    desk.put("customers", {
      ...{ customerId: `C${100 + index}`, name, firstName, lastName, paymentTermsDays: terms, active: true },
      ...{ email: `${firstName.toLowerCase()}@${slug(name)}.test`, phone: `0117 496 0${100 + index}` },
      ...{
        billingAddress: {
          line1: `${index + 3} Dock Road`,
          city: "Bristol",
          postalCode: "BS11 9XX",
          country: "GB",
        },
      },
      ...{ currency: "GBP", modifiedOn: at("2026-06-01") },
    }),
  );
  const vendorIds = VENDORS.map(([name, firstName, lastName], index) =>
    desk.put("vendors", {
      ...{ vendorId: `V${200 + index}`, name, firstName, lastName, active: true, currency: "GBP" },
      ...{ email: `accounts@${slug(name)}.test`, modifiedOn: at("2026-06-01") },
    }),
  );
  const invoiceIds = writeOrders(desk, customerIds);
  writeReceipts(desk, customerIds, invoiceIds);
  writePurchases(desk, vendorIds);
  writeLedger(desk, vendorIds);
}

/** Company, accounts, taxes, dimensions and items: what documents refer to. */
export function seedTimsBasics(desk: TimsDesk): void {
  desk.put("companies", {
    companyId: TIMS_COMPANY_ID,
    ...{ name: "Severn Gas & Welding Supply Ltd", baseCurrency: "GBP", timeZone: "Europe/London" },
    ...{ currencies: ["GBP", "EUR"], closedThrough: "2026-05-31", modifiedOn: at("2026-06-01") },
  });
  for (const [accountCode, name, accountType] of ACCOUNTS)
    desk.put("accounts", { accountCode, name, accountType, active: true, modifiedOn: at("2026-06-01") });
  for (const [taxCode, name, rate] of [
    ["S", "Standard rate 20 %", 20],
    ["Z", "Zero rate", 0],
    ["N", "No VAT", 0],
  ] as const)
    desk.put("taxCodes", {
      taxCode,
      name,
      rate,
      isNoTax: taxCode === "N",
      active: true,
      modifiedOn: at("2026-06-01"),
    });
  desk.put("dimensions", {
    ...{ dimensionCode: "BRANCH", name: "Branch", active: true, modifiedOn: at("2026-06-01") },
    values: [
      { valueCode: "BRS", name: "Bristol", active: true },
      { valueCode: "GLO", name: "Gloucester", active: true },
    ],
  });
  for (const [sku, description, salesPrice, category, quantityOnHand] of ITEMS)
    desk.put("items", {
      ...{
        sku,
        description,
        salesPrice: Number(salesPrice),
        category,
        revenueAccountCode: "4000",
        taxCode: "S",
      },
      ...{
        isStocked: true,
        quantityOnHand,
        quantityAllocated: 0,
        active: true,
        modifiedOn: at("2026-06-01"),
      },
    });
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/-$/, "");

function line(sku: string, quantity: string, branch: string, shippedQuantity?: string): LineInput {
  const [, description = sku, unitPrice = "0"] = ITEMS.find(([own]) => own === sku) ?? [];
  return {
    ...{
      sku,
      description,
      quantity,
      unitPrice,
      taxCode: "S",
      accountCode: "4000",
      dimensions: { BRANCH: branch },
    },
    ...(shippedQuantity === undefined ? {} : { shippedQuantity }),
  };
}

/** Status, customer, date of shipment and lines of each order, in order of their numbers. */
const ORDERS: readonly (readonly [
  status: string,
  customer: number,
  date: string,
  lines: readonly LineInput[],
])[] = [
  ["Shipped", 0, "2026-07-03", [line("OXY-K", "6", "BRS"), line("ROD-7018", "10", "BRS")]],
  ["Shipped", 1, "2026-07-08", [line("ARG-50", "3", "BRS")]],
  [
    "Completed",
    2,
    "2026-07-15",
    [line("MIX-C25", "4", "GLO"), line("WIRE-08", "7", "GLO"), line("GLOVE-L", "13", "GLO")],
  ],
  ["Shipped", 3, "2026-07-22", [line("ACE-B", "2", "GLO")]],
  ["Shipped", 4, "2026-08-04", [line("HOSE-10", "3", "BRS"), line("MASK-AUTO", "1", "BRS")]],
  ["Completed", 5, "2026-08-12", [line("MASK-AUTO", "6", "BRS"), line("GLOVE-L", "24", "BRS")]],
  ["Shipped", 6, "2026-08-20", [line("OXY-K", "20", "GLO"), line("ACE-B", "5", "GLO")]],
  ["Shipped", 7, "2026-09-02", [line("WIRE-08", "3", "GLO")]],
  ["Cancelled", 0, "2026-09-09", [line("REG-OXY", "1", "BRS")]],
  ["Open", 1, "2026-09-16", [line("ARG-50", "8", "BRS", "0")]],
  ["PartiallyShipped", 2, "2026-09-18", [line("ROD-7018", "40", "GLO", "15")]],
  ["Completed", 3, "2026-09-21", [line("REG-OXY", "5", "GLO", "0")]],
];

/** Ids of the invoices of the first orders, in their order. */
function writeOrders(desk: TimsDesk, customerIds: readonly string[]): string[] {
  const invoiceIds: string[] = [];
  for (const [index, [status, customer, date, lines]] of ORDERS.entries()) {
    const orderNumber = `SO-${4001 + index}`;
    const isOut = status === "Shipped" || status === "Completed";
    const id = desk.addOrder({
      ...{
        salesOrderId: `O${5001 + index}`,
        orderNumber,
        status,
        lines,
        customerId: customerIds[customer] ?? "",
      },
      ...{
        orderDate: date,
        shippedDate: isOut ? date : null,
        cancelledDate: status === "Cancelled" ? date : null,
      },
      ...{
        paymentTermsDays: CUSTOMERS[customer]?.[3] ?? 30,
        customerPo: `PO ${7000 + index}`,
        modifiedOn: at(date),
      },
    });
    // The invoice of the eighth order was typed with another total.
    if (isOut && index < 8) {
      const total = index === 7 ? { total: 150 } : {};
      invoiceIds.push(desk.invoiceOrder(id, `AR-${9001 + index}`, total));
    }
  }
  for (const [index, customer] of [0, 6].entries())
    invoiceIds.push(
      desk.addInvoice({
        ...{ invoiceNumber: `RENT-${301 + index}`, date: "2026-09-30", dueDate: "2026-10-30" },
        ...{
          customerId: customerIds[customer] ?? "",
          salesOrderId: null,
          reference: "Cylinder rental, third quarter",
        },
        lines: [
          {
            ...{
              description: "Rental of cylinders, July to September",
              quantity: `${18 + index}`,
              unitPrice: "12.75",
            },
            ...{ taxCode: "S", accountCode: "4100", dimensions: { BRANCH: "BRS" } },
          },
        ],
      }),
    );
  return invoiceIds;
}

function writeReceipts(desk: TimsDesk, customerIds: readonly string[], invoiceIds: readonly string[]): void {
  const invoice = (index: number): string => invoiceIds[index] ?? "";
  const balance = (index: number): string =>
    String(desk.books.table("invoices").get(invoice(index))?.balance);
  const customer = (index: number): string => customerIds[index] ?? "";
  const bank = { bankAccountCode: "1000" };
  desk.receive({
    ...{ ...bank, partyId: customer(0), paymentNumber: "RC-1", date: "2026-07-30" },
    ...{ amount: balance(0), applied: [[invoice(0), balance(0)]] },
  });
  desk.receive({
    ...{ ...bank, partyId: customer(1), paymentNumber: "RC-2", date: "2026-08-06" },
    ...{ amount: "100", applied: [[invoice(1), "100"]] },
  });
  desk.receive({
    ...{ ...bank, partyId: customer(2), paymentNumber: "RC-3", date: "2026-08-14" },
    // Fifty pounds more than was invoiced.
    ...{ amount: String(Number(balance(2)) + 50), applied: [[invoice(2), balance(2)]] },
  });
}

function writePurchases(desk: TimsDesk, vendorIds: readonly string[]): void {
  const [gases = "", wire = "", haulage = ""] = vendorIds;
  const stock = (description: string, quantity: string, unitPrice: string): LineInput => ({
    ...{ description, quantity, unitPrice, taxCode: "S", accountCode: "5000", dimensions: { BRANCH: "BRS" } },
  });
  const dated = { orderDate: "2026-07-01", expectedDate: "2026-07-20", modifiedOn: at("2026-07-01") };
  desk.addPurchaseOrder({
    ...{ ...dated, orderNumber: "P-801", vendorId: gases, status: "Open" },
    lines: [stock("Bulk argon", "40", "31.2")],
  });
  desk.addPurchaseOrder({
    ...{ ...dated, orderNumber: "P-802", vendorId: wire, status: "Billed" },
    lines: [stock("MIG wire 0.8 mm", "60", "21.4")],
  });
  const first = desk.addBill({
    ...{ billNumber: "NIG-55021", vendorId: gases, date: "2026-07-10", dueDate: "2026-08-09" },
    ...{
      modifiedOn: at("2026-07-10"),
      lines: [stock("Bulk oxygen", "90", "14.85"), stock("Bulk argon", "25", "31.2")],
    },
  });
  const second = desk.addBill({
    ...{ billNumber: "BCW-1187", vendorId: wire, date: "2026-07-21", dueDate: "2026-08-20" },
    ...{ modifiedOn: at("2026-07-21"), lines: [stock("MIG wire 0.8 mm", "60", "21.4")] },
  });
  desk.addBill({
    ...{ billNumber: "WH 3390", vendorId: haulage, date: "2026-08-03", dueDate: "2026-09-02" },
    modifiedOn: at("2026-08-03"),
    lines: [{ ...stock("Deliveries in July", "1", "412.6"), accountCode: "6400" }],
  });
  const balance = (id: string): string => String(desk.books.table("bills").get(id)?.balance);
  desk.disburse({
    ...{ partyId: gases, paymentNumber: "PY-1", date: "2026-08-07", bankAccountCode: "1000" },
    ...{ amount: balance(first), applied: [[first, balance(first)]] },
  });
  desk.disburse({
    ...{ partyId: wire, paymentNumber: "PY-2", date: "2026-08-19", bankAccountCode: "1000" },
    // Twenty pounds too much.
    ...{ amount: String(Number(balance(second)) + 20), applied: [[second, balance(second)]] },
  });
}

function writeLedger(desk: TimsDesk, vendorIds: readonly string[]): void {
  const entry = (
    entryNumber: string,
    date: string,
    description: string,
    lines: readonly (readonly [accountCode: string, debit: number, credit: number])[],
    more: Readonly<Record<string, unknown>> = {},
  ): string =>
    desk.put("entries", {
      ...{ entryNumber, date, description, journal: "General", status: "Posted", currency: "GBP" },
      lines: lines.map(([accountCode, debit, credit], index) => ({
        ...{
          lineId: String(index + 1),
          accountCode,
          debit,
          credit,
          description,
          taxCode: "N",
          dimensions: [],
        },
      })),
      ...{ modifiedOn: at(date), ...more },
    });
  entry("GL-1", "2026-07-31", "Depreciation July", [
    ["6300", 215.4, 0],
    ["1510", 0, 215.4],
  ]);
  entry("GL-2", "2026-07-31", "Wages July", [
    ["6000", 8_420.55, 0],
    ["2200", 0, 8_420.55],
  ]);
  const bank = { partyType: "Vendor", partyId: vendorIds[3], partyName: VENDORS[3]?.[0] };
  entry(
    "GL-3",
    "2026-07-31",
    "Bank charges July",
    [
      ["6100", 18.6, 0],
      ["1000", 0, 18.6],
    ],
    bank,
  );
  entry(
    "GL-4",
    "2026-08-31",
    "Interest received",
    [
      ["1000", 4.12, 0],
      ["4900", 0, 4.12],
    ],
    bank,
  );
  // What the sub-ledgers post by themselves is not a journal of its own.
  entry(
    "GL-5",
    "2026-07-03",
    "Invoice AR-9001",
    [
      ["1100", 612, 0],
      ["4000", 0, 612],
    ],
    { journal: "Receivables" },
  );
  desk.put("adjustments", {
    ...{
      adjustmentNumber: "ADJ-1",
      date: "2026-08-31",
      reason: "Stock count: two helmets missing",
      status: "Posted",
    },
    ...{ sku: "MASK-AUTO", quantity: -2, unitCost: 61.5, amount: -123, currency: "GBP" },
    ...{ stockAccountCode: "1200", adjustmentAccountCode: "5200", modifiedOn: at("2026-08-31") },
  });
}
