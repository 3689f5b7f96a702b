import type { RecordType } from "@/lib/domain/record-type";
import type { ResourceName } from "@/sandbox/tims/records";
import type { LineInput, TimsDesk } from "@/sandbox/tims/type-in";
import type { ReadingHooks } from "./contract-world";

/** What the contract suite reads of the simulated TIMS: more of each kind than a page of the connection holds. */
const EACH = 24;
/** 15 significant digits: as many as a JSON number holds. */
const EXACT = "1234567890123.45";
const DATE = "2026-07-04";

const line = (unitPrice: string, taxCode = "S"): LineInput => ({
  ...{ description: "Gas", quantity: "1", unitPrice, taxCode, accountCode: "4000" },
});

export function seedTims(desk: TimsDesk): void {
  for (let index = 0; index < EACH; index += 1) {
    if (index > 0) addParty(desk, "customers", `Customer ${index}`);
    else desk.put("customers", { customerId: "C1", name: "The customer", externalId: "" });
    if (index > 0) addParty(desk, "vendors", `Vendor ${index}`);
    else desk.put("vendors", { vendorId: "V1", name: "The vendor", externalId: "" });
    desk.put("items", {
      sku: `SKU-${index}`,
      description: `Thing ${index}`,
      salesPrice: 1.5,
      revenueAccountCode: "4000",
    });
    const orderId = addOrder(desk, String(index), "100");
    const invoiceId = desk.invoiceOrder(orderId, `AR-${index}`);
    if (index % 2 === 0) addInvoice(desk, `${index}`, "30");
    if (index < 3) addOrder(desk, `open-${index}`, "10", { status: "Open", shippedDate: null });
    receive(desk, String(index), index % 5 === 0 ? "60" : "50", invoiceId, "50");
    addPurchase(desk, "purchaseOrder", String(index), "70");
    if (index % 4 === 0) addCredit(desk, "creditNote", String(index), "12", [invoiceId, "6"]);
    const billId = addPurchase(desk, "bill", String(index), "70");
    if (index % 4 !== 3) addCredit(desk, "supplierCredit", String(index), "12", [billId, "6"]);
    disburse(desk, String(index), index % 5 === 0 ? "60" : "50", billId, "50");
    addEntry(desk, "bankTransaction", String(index), 12.5);
    addEntry(desk, "manualJournal", String(index), 75);
    addEntry(desk, "manualJournal", `sub-${index}`, 1, { journal: "Receivables" });
  }
  addAdjustment(desk);
  // Shipped, invoiced, partly paid and cancelled: what was paid is credited.
  const [firstOrder] = ids(desk, "salesOrders");
  desk.change("salesOrders", firstOrder ?? "", { status: "Cancelled", cancelledDate: "2026-08-01" });
}

export function timsReading(desk: () => TimsDesk): ReadingHooks {
  let count = 0;
  const next = (): string => {
    count += 1;
    return `new-${count}`;
  };
  return {
    absentId: "SO-999999",
    externalIds: async (recordType) => externalIds(desk(), recordType),
    insert: async (recordType) => insert(desk(), recordType, next(), "40"),
    insertUnreadable: async (recordType) => insertUnreadable(desk(), recordType, next()),
    async insertExactAmounts(recordType): ReturnType<ReadingHooks["insertExactAmounts"]> {
      if (recordType === "contact" || recordType === "item") return null;
      const externalId = insert(desk(), recordType, next(), EXACT, "Z");
      if (recordType === "payment" || recordType === "billPayment")
        return { externalId, amounts: { amount: EXACT } };
      if (recordType === "manualJournal") return { externalId, amounts: { total: EXACT } };
      const hasRemaining = ["invoice", "bill", "supplierCredit"].includes(recordType);
      const amounts = { gross: EXACT, net: EXACT, tax: "0.00", remaining: hasRemaining ? EXACT : "0.00" };
      return { externalId, amounts };
    },
  };
}

const ids = (desk: TimsDesk, name: ResourceName): string[] =>
  [...desk.books.table(name).heads()].map(([id]) => id);

function externalIds(desk: TimsDesk, recordType: RecordType): string[] {
  const row = (name: ResourceName, id: string): Readonly<Record<string, unknown>> =>
    desk.books.table(name).get(id) ?? {};
  const shares = (
    name: "receipts" | "disbursements" | "creditMemos" | "vendorCredits",
    idOf: (application: Record<string, unknown>) => string,
  ) =>
    ids(desk, name).flatMap((id) => {
      const list = row(name, id).applications;
      return Array.isArray(list) ? list.map((one) => `${id}:${idOf(one)}`) : [];
    });
  const excesses = (name: "receipts" | "disbursements") =>
    ids(desk, name).flatMap((id) => {
      const { applications, amount } = row(name, id);
      const applied = Array.isArray(applications)
        ? applications.reduce((sum, one) => sum + one.amount, 0)
        : 0;
      return amount === applied ? [] : [`${id}:excess`];
    });
  const entries = (wanted: "bankTransaction" | "manualJournal") =>
    ids(desk, "entries").flatMap((id) => {
      const { journal, lines } = row("entries", id);
      const isBank = Array.isArray(lines) && lines.some(({ accountCode }) => accountCode === "1000");
      return journal === "General" && isBank === (wanted === "bankTransaction") ? [`GL-${id}`] : [];
    });
  const cancelled = () =>
    ids(desk, "salesOrders").flatMap((id) =>
      row("salesOrders", id).status === "Cancelled" ? [`SO-${id}`] : [],
    );
  switch (recordType) {
    case "contact":
      return [
        ...ids(desk, "customers").map((id) => `C-${id}`),
        ...ids(desk, "vendors").map((id) => `V-${id}`),
      ];
    case "item":
      return ids(desk, "items");
    case "invoice":
      return [
        ...ids(desk, "salesOrders").flatMap((id) =>
          row("salesOrders", id).status === "Open" ? [] : [`SO-${id}`],
        ),
        ...ids(desk, "invoices").flatMap((id) =>
          (row("invoices", id).salesOrderId ?? null) === null ? [`AR-${id}`] : [],
        ),
      ];
    case "creditNote":
      return [...cancelled(), ...ids(desk, "creditMemos").map((id) => `CM-${id}`)];
    case "allocation":
      return [
        ...cancelled().map((id) => `${id}:${id}`),
        ...shares("creditMemos", ({ salesOrderId }) => `SO-${String(salesOrderId)}`).map((id) => `CM-${id}`),
      ];
    case "supplierCredit":
      return ids(desk, "vendorCredits");
    case "supplierAllocation":
      return shares("vendorCredits", ({ billId }) => String(billId));
    case "payment":
      return shares("receipts", ({ salesOrderId, invoiceId }) =>
        typeof salesOrderId === "string" ? `SO-${salesOrderId}` : `AR-${String(invoiceId)}`,
      );
    case "overpayment":
      return excesses("receipts");
    case "purchaseOrder":
      return ids(desk, "purchaseOrders");
    case "bill":
      return ids(desk, "bills");
    case "billPayment":
      return shares("disbursements", ({ billId }) => String(billId));
    case "supplierOverpayment":
      return excesses("disbursements");
    case "bankTransaction":
      return entries("bankTransaction");
    case "manualJournal":
      return [...entries("manualJournal"), ...ids(desk, "adjustments").map((id) => `ADJ-${id}`)];
    default:
      return [];
  }
}

/** Adds one record as a person would; answers its external id. */
function insert(desk: TimsDesk, recordType: RecordType, name: string, amount: string, taxCode = "S"): string {
  switch (recordType) {
    case "contact":
      return `C-${addParty(desk, "customers", name)}`;
    case "item":
      return desk.put("items", { sku: name, description: name });
    case "invoice":
      return `SO-${addOrder(desk, name, amount, {}, taxCode)}`;
    case "payment": {
      const invoiceId = addInvoice(desk, name, amount, taxCode);
      return `${receive(desk, name, amount, invoiceId, amount)}:AR-${invoiceId}`;
    }
    case "purchaseOrder":
    case "bill":
      return addPurchase(desk, recordType, name, amount, taxCode);
    case "supplierCredit":
      return addCredit(desk, recordType, name, amount, null, taxCode);
    case "billPayment": {
      const billId = addPurchase(desk, "bill", name, amount, taxCode);
      return `${disburse(desk, name, amount, billId, amount)}:${billId}`;
    }
    case "bankTransaction":
    case "manualJournal":
      return `GL-${addEntry(desk, recordType, name, Number(amount))}`;
    default:
      throw new Error(`nobody types in a ${recordType}`);
  }
}

/** Adds one that cannot be read; answers the id that it will be kept aside under. */
function insertUnreadable(desk: TimsDesk, recordType: RecordType, name: string): string {
  switch (recordType) {
    case "contact":
      return `C-${addParty(desk, "customers", "")}`;
    case "item":
      return desk.put("items", { sku: name, description: "" });
    case "invoice":
      return `SO-${addOrder(desk, name, "40", { total: 40.005 })}`;
    case "payment":
      return receive(desk, name, "40.005", addInvoice(desk, name, "40"), "40");
    case "purchaseOrder":
    case "bill": {
      const id = addPurchase(desk, recordType, name, "40");
      desk.change(recordType === "bill" ? "bills" : "purchaseOrders", id, { total: 40.005 });
      return id;
    }
    case "supplierCredit": {
      const id = addCredit(desk, recordType, name, "40", null);
      desk.change("vendorCredits", id, { balance: 39 });
      return id;
    }
    case "billPayment":
      return disburse(desk, name, "40.005", addPurchase(desk, "bill", name, "40"), "40");
    case "bankTransaction":
    case "manualJournal":
      return `GL-${addEntry(desk, recordType, name, 40.005)}`;
    default:
      throw new Error(`nobody types in a ${recordType}`);
  }
}

const addParty = (desk: TimsDesk, name: "customers" | "vendors", called: string): string =>
  desk.put(name, { name: called, externalId: "", active: true });

const addOrder = (
  desk: TimsDesk,
  number: string,
  amount: string,
  change: Readonly<Record<string, unknown>> = {},
  taxCode = "S",
): string =>
  desk.addOrder({
    ...{
      orderNumber: `SO-${number}`,
      customerId: "C1",
      orderDate: DATE,
      shippedDate: DATE,
      paymentTermsDays: 30,
    },
    ...{ lines: [line(amount, taxCode)], ...change },
  });

const addInvoice = (desk: TimsDesk, number: string, amount: string, taxCode = "S"): string =>
  desk.addInvoice({
    ...{ invoiceNumber: `RENT-${number}`, customerId: "C1", date: DATE, dueDate: DATE, salesOrderId: null },
    lines: [line(amount, taxCode)],
  });

const receive = (
  desk: TimsDesk,
  number: string,
  amount: string,
  invoiceId: string,
  applied: string,
): string =>
  desk.receive({
    ...{ partyId: "C1", paymentNumber: `RC-${number}`, date: "2026-07-20", amount, bankAccountCode: "1000" },
    applied: [[invoiceId, applied]],
  });

const disburse = (desk: TimsDesk, number: string, amount: string, billId: string, applied: string): string =>
  desk.disburse({
    ...{ partyId: "V1", paymentNumber: `PY-${number}`, date: "2026-07-20", amount, bankAccountCode: "1000" },
    applied: [[billId, applied]],
  });

function addPurchase(
  desk: TimsDesk,
  recordType: "purchaseOrder" | "bill",
  number: string,
  amount: string,
  taxCode = "S",
): string {
  const input = { vendorId: "V1", lines: [{ ...line(amount, taxCode), accountCode: "5000" }] };
  return recordType === "bill"
    ? desk.addBill({ ...input, billNumber: `B-${number}`, date: DATE, dueDate: DATE })
    : desk.addPurchaseOrder({ ...input, orderNumber: `P-${number}`, orderDate: DATE, expectedDate: DATE });
}

function addCredit(
  desk: TimsDesk,
  recordType: "creditNote" | "supplierCredit",
  number: string,
  amount: string,
  applied: readonly [documentId: string, amount: string] | null,
  taxCode = "S",
): string {
  const input = { date: DATE, applied: applied === null ? [] : [applied], lines: [line(amount, taxCode)] };
  return recordType === "creditNote"
    ? desk.addCreditMemo({ ...input, partyId: "C1", creditMemoNumber: `CM-${number}` })
    : desk.addVendorCredit({ ...input, partyId: "V1", creditNumber: `VC-${number}` });
}

function addEntry(
  desk: TimsDesk,
  recordType: "bankTransaction" | "manualJournal",
  number: string,
  amount: number,
  change: Readonly<Record<string, unknown>> = {},
): string {
  const credited = recordType === "bankTransaction" ? "1000" : "2200";
  return desk.put("entries", {
    ...{
      entryNumber: `GL-${number}`,
      date: DATE,
      description: "By hand",
      journal: "General",
      status: "Posted",
    },
    ...{ currency: "GBP", partyType: "Vendor", partyId: "V1", partyName: "The vendor" },
    lines: [
      { lineId: "1", accountCode: "6100", debit: amount, credit: 0 },
      { lineId: "2", accountCode: credited, debit: 0, credit: amount },
    ],
    ...change,
  });
}

const addAdjustment = (desk: TimsDesk): string =>
  desk.put("adjustments", {
    ...{
      adjustmentNumber: "ADJ-1",
      date: DATE,
      reason: "Count",
      status: "Posted",
      sku: "SKU-1",
      quantity: -1,
    },
    ...{ amount: -12.5, currency: "GBP", stockAccountCode: "1200", adjustmentAccountCode: "5200" },
  });
