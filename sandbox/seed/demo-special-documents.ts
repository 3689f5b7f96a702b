/**
 * The documents of the demo company that something is the matter with, each for one reason, and what the
 * accountant had typed into Xero by hand. README.md lists them with what should become of them.
 */
import { decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { sum } from "@/sandbox/zoho/books/arithmetic";
import { type DemoCustomer, REGULAR_CUSTOMERS, SPECIAL_CUSTOMERS, XERO_CONTACTS } from "./demo-customers";
import { aLine, balanceOf, type DemoWriter } from "./demo-documents";
import { TIDEWATER_TENANT_ID, type XeroSeed } from "./xero-organisation";
import { plusDays } from "./zoho-organisation";
import { LOCAL_LEVY, STANDARD_RATE } from "./zoho-reference-data";

/** The books in Xero are closed up to this day. */
export const DEMO_LOCK_DATE = "2026-06-30";
/** More than the 4,000 that Xero takes in a line's description. */
export const LONG_DESCRIPTION_CHARACTERS = 4_200;

export const SPECIAL_NUMBERS = {
  lockedPeriod: "INV-0990",
  longDescription: "INV-1101",
  unknownCurrency: "INV-1102",
  unmappedTax: "INV-1103",
  longName: "INV-1104",
  archivedContact: "INV-1105",
  sameNameFirst: "INV-1106",
  sameNameSecond: "INV-1107",
  twoSpaces: "INV-1108",
  voidInXero: "INV-1109",
  typedByHand: ["INV-1111", "INV-1112", "INV-1113"],
  typedOtherwise: "INV-1114",
  paidTogether: ["INV-1121", "INV-1122", "INV-1123"],
  paidTooMuch: "INV-1124",
  xeroOnly: "TPS-5001",
} as const;

interface HandTyped {
  readonly number: string;
  readonly customer: string;
  readonly date: string;
  readonly net: string;
  readonly netInXero?: string;
}

const HAND_TYPED: readonly HandTyped[] = [
  { number: "INV-1111", customer: "Brightwater Books", date: "2026-08-03", net: "120.00" },
  { number: "INV-1112", customer: "Lantern House Ltd", date: "2026-08-10", net: "86.50" },
  { number: "INV-1113", customer: "Penrose Home", date: "2026-08-17", net: "240.25" },
  {
    number: "INV-1114",
    customer: "Quayside Interiors",
    date: "2026-08-24",
    net: "150.00",
    netInXero: "105.00",
  },
];

/** Writes the special documents into Zoho Books. */
export function writeSpecialDocuments(writer: DemoWriter): void {
  const { zoho } = writer;
  const invoice = (
    number: string,
    customer: DemoCustomer,
    date: string,
    change: { taxId?: string; description?: string } = {},
  ) =>
    zoho.addInvoice({
      number,
      customerId: writer.customerId(customer),
      date,
      lines: [{ ...aLine(writer, customer, date, 8, 4), ...change }],
    });
  invoice(SPECIAL_NUMBERS.lockedPeriod, regular("Castle Street Cards"), "2026-06-24");
  const description = "Commissioned tide table, one line for each day. "
    .repeat(100)
    .slice(0, LONG_DESCRIPTION_CHARACTERS);
  invoice(SPECIAL_NUMBERS.longDescription, regular("Whitby Jet & Gifts"), "2026-09-01", { description });
  invoice(SPECIAL_NUMBERS.unknownCurrency, SPECIAL_CUSTOMERS.krona, "2026-09-02");
  invoice(SPECIAL_NUMBERS.unmappedTax, regular("Dunes Beach Shop"), "2026-09-03", {
    taxId: zoho.taxId(LOCAL_LEVY),
  });
  invoice(SPECIAL_NUMBERS.longName, SPECIAL_CUSTOMERS.longName, "2026-09-04");
  invoice(SPECIAL_NUMBERS.archivedContact, SPECIAL_CUSTOMERS.archived, "2026-09-07");
  invoice(SPECIAL_NUMBERS.sameNameFirst, SPECIAL_CUSTOMERS.sameNameFirst, "2026-09-08");
  invoice(SPECIAL_NUMBERS.sameNameSecond, SPECIAL_CUSTOMERS.sameNameSecond, "2026-09-09");
  invoice(SPECIAL_NUMBERS.twoSpaces, SPECIAL_CUSTOMERS.twoSpaces, "2026-09-10");
  invoice(SPECIAL_NUMBERS.voidInXero, regular("Castle Street Cards"), "2026-09-11");
  for (const typed of HAND_TYPED)
    zoho.addInvoice({
      number: typed.number,
      customerId: writer.customerId(regular(typed.customer)),
      date: typed.date,
      lines: [
        {
          description: "Stand at the summer fair, goods on account",
          rate: typed.net,
          quantity: "1",
          taxId: zoho.taxId(STANDARD_RATE),
          accountId: zoho.accountId("Sales"),
        },
      ],
    });
  payTogether(writer);
  payTooMuch(writer);
}

function payTogether(writer: DemoWriter): void {
  const customer = regular("Copper Kettle Gifts");
  const applied = SPECIAL_NUMBERS.paidTogether.map((number, index) => {
    const date = plusDays("2026-10-05", index);
    const lines = [aLine(writer, customer, date, 3 + index, 6)];
    const invoiceId = writer.zoho.addInvoice({
      number,
      customerId: writer.customerId(customer),
      date,
      lines,
    });
    return { invoiceId, amount: balanceOf(writer, invoiceId) };
  });
  writer.zoho.addPayment({
    number: "PAY-1121",
    customerId: writer.customerId(customer),
    date: "2026-10-23",
    amount: decimalText(sum(applied.map(({ amount }) => amount))),
    applied: applied.map(({ invoiceId, amount }) => ({ invoiceId, amount: decimalText(amount) })),
    reference: "BACS 88121",
  });
}

function payTooMuch(writer: DemoWriter): void {
  const customer = regular("Old Mill Garden Centre");
  const date = "2026-10-08";
  const invoiceId = writer.zoho.addInvoice({
    number: SPECIAL_NUMBERS.paidTooMuch,
    customerId: writer.customerId(customer),
    date,
    lines: [aLine(writer, customer, date, 21, 3)],
  });
  const due = balanceOf(writer, invoiceId);
  writer.zoho.addPayment({
    number: "PAY-1124",
    customerId: writer.customerId(customer),
    date: "2026-10-26",
    amount: decimalText(due.plus(25)),
    applied: [{ invoiceId, amount: decimalText(due) }],
    reference: "BACS 88124",
  });
}

/** Writes what was in Xero before, then closes its books; answers how much that was. */
export function writeXeroBefore(xero: XeroSeed): { readonly contacts: number; readonly invoices: number } {
  const contactIds = new Map<string, string>();
  for (const { name, email } of XERO_CONTACTS) {
    const contact = xero.putContact(TIDEWATER_TENANT_ID, {
      Name: name,
      ...(email === undefined ? {} : { EmailAddress: email }),
    });
    contactIds.set(name, contact.id);
  }
  const typed = [
    ...HAND_TYPED,
    { number: SPECIAL_NUMBERS.xeroOnly, customer: "Tamar Print Services", date: "2026-09-14", net: "64.00" },
    { number: SPECIAL_NUMBERS.voidInXero, customer: "Castle Street Cards", date: "2026-09-11", net: "12.00" },
  ];
  for (const { number, customer, date, net, netInXero } of typed) {
    const { id } = xero.putInvoice(TIDEWATER_TENANT_ID, {
      Type: "ACCREC",
      Status: "AUTHORISED",
      InvoiceNumber: number,
      Contact: { ContactID: contactIds.get(customer) },
      Date: date,
      DueDate: plusDays(date, 30),
      LineAmountTypes: "Exclusive",
      LineItems: [
        {
          Description: "Summer fair",
          Quantity: 1,
          UnitAmount: Number(netInXero ?? net),
          AccountCode: "200",
          TaxType: "OUTPUT2",
        },
      ],
    });
    // A void number stays taken, which only Xero itself knows: the one document that it refuses.
    if (number === SPECIAL_NUMBERS.voidInXero) xero.voidInvoice(TIDEWATER_TENANT_ID, id);
  }
  const archivedId = contactIds.get(SPECIAL_CUSTOMERS.archived.name);
  if (archivedId !== undefined) xero.archiveContact(TIDEWATER_TENANT_ID, archivedId);
  xero.setLockDate(TIDEWATER_TENANT_ID, { period: DEMO_LOCK_DATE });
  return { contacts: contactIds.size, invoices: typed.length };
}

function regular(name: string): DemoCustomer {
  const found = REGULAR_CUSTOMERS.find((customer) => customer.name === name);
  invariant(found !== undefined, `no regular customer is called "${name}"`);
  return found;
}
