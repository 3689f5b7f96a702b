/**
 * Puts a firm and its records into the simulated TimeSolv, as if typed there by a person. Amounts go in as decimal text
 * and come out as the JSON numbers that an API of this kind answers; tax is rounded line by line.
 */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { SandboxContext } from "@/sandbox/kit/types";
import {
  type ObjectName,
  type StoredFirm,
  type TimesolvRecords,
  timesolvRecords,
} from "@/sandbox/timesolv/records";

export const LAW_FIRM_ID = "7001";

export type ClientStatus = "Active" | "Inactive" | "Prospect";

export interface ClientSeed {
  readonly name: string;
  readonly status?: ClientStatus;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly city?: string;
}

export interface InvoiceLineSeed {
  readonly type?: "Fee" | "Expense" | "Interest";
  readonly description: string;
  readonly quantity: string;
  readonly rate: string;
  /** Percent of the firm's one tax; none where absent. */
  readonly taxed?: boolean;
  readonly expenseCode?: string;
}

export interface InvoiceSeed {
  readonly number: string;
  readonly clientId: string;
  readonly date: string;
  readonly dueDate?: string;
  readonly status?: string;
  readonly lines: readonly InvoiceLineSeed[];
}

export interface PaymentSeed {
  readonly number: string;
  readonly clientId: string;
  readonly date: string;
  readonly amount: string;
  readonly type?: "Payment" | "Credit";
  readonly bankAccountId?: string;
  readonly reference?: string;
  readonly status?: string;
  readonly applied?: readonly { readonly invoiceId: string; readonly amount: string }[];
}

export const OPERATING_ACCOUNT = "1";
export const TRUST_ACCOUNT = "2";
export const VAT_ID = "1";
const VAT_PERCENT = 20;

const FIRM: StoredFirm = {
  FirmId: LAW_FIRM_ID,
  FirmName: "Tidewater Legal LLP",
  Currency: "GBP",
  TimeZone: "Europe/London",
  BankAccounts: [
    { Id: OPERATING_ACCOUNT, Name: "Operating account", AccountType: "Operating" },
    { Id: TRUST_ACCOUNT, Name: "Client trust account", AccountType: "Trust" },
  ],
  TaxRates: [{ Id: VAT_ID, Name: "VAT", Percent: VAT_PERCENT }],
};

export interface TimesolvSeed {
  readonly records: TimesolvRecords;
  putFirm(): void;
  addClient(client: ClientSeed): string;
  addInvoice(invoice: InvoiceSeed): string;
  addPayment(payment: PaymentSeed): string;
  addTaskCode(code: string, description: string, codeType: "Task" | "Activity" | "Expense"): string;
  /** Changes some fields of a record, as a person there would. */
  change(object: ObjectName, id: string, fields: Readonly<Record<string, unknown>>): void;
  remove(object: ObjectName, id: string): void;
  ids(object: ObjectName): string[];
}

/** The one firm of this sandbox's TimeSolv, to be filled by hand. */
export function timesolvSeed(context: SandboxContext): TimesolvSeed {
  const records = timesolvRecords(context);
  const stamp = (): string => context.clock.now().toISOString();
  function add(object: ObjectName, fields: Readonly<Record<string, unknown>>): string {
    const Id = records.nextId();
    records.rows(object).put(Id, {
      firmId: LAW_FIRM_ID,
      fields: { Id, ...fields, LastModified: stamp() },
    });
    return Id;
  }
  const fieldsOf = (object: ObjectName, id: string): Readonly<Record<string, unknown>> => {
    const row = records.rows(object).get(id);
    invariant(row !== undefined, `there is no ${object} ${id}`);
    return row.fields;
  };
  function change(object: ObjectName, id: string, fields: Readonly<Record<string, unknown>>): void {
    const changed = { ...fieldsOf(object, id), ...fields, Id: id, LastModified: stamp() };
    records.rows(object).put(id, { firmId: LAW_FIRM_ID, fields: changed });
  }
  return {
    records,
    putFirm: () => records.firms.put(LAW_FIRM_ID, FIRM),
    addClient: ({
      name,
      status = "Active",
      firstName = "",
      lastName = "",
      email = "",
      phone = "",
      city = "",
    }) =>
      add("client", {
        ClientName: name,
        ClientStatus: status,
        FirstName: firstName,
        LastName: lastName,
        Email: email,
        Phone: phone,
        City: city,
      }),
    addInvoice(invoice) {
      const lines = invoice.lines.map(lineFields);
      const tax = sumOf(lines.map(({ TaxAmount }) => TaxAmount));
      const total = sumOf([...lines.map(({ Amount }) => Amount), tax]);
      return add("invoice", {
        InvoiceNumber: invoice.number,
        ClientId: invoice.clientId,
        ClientName: fieldsOf("client", invoice.clientId).ClientName,
        InvoiceDate: invoice.date,
        DueDate: invoice.dueDate ?? invoice.date,
        Status: invoice.status ?? "Final",
        TaxTotal: tax.toNumber(),
        Total: total.toNumber(),
        Balance: total.toNumber(),
        Lines: lines.map((line) => ({
          ...line,
          Amount: line.Amount.toNumber(),
          TaxAmount: line.TaxAmount.toNumber(),
        })),
      });
    },
    addPayment(payment) {
      for (const { invoiceId, amount } of payment.applied ?? []) {
        const balance = decimal(String(fieldsOf("invoice", invoiceId).Balance)).minus(amount);
        change("invoice", invoiceId, { Balance: balance.toNumber() });
      }
      return add("payment", {
        PaymentNumber: payment.number,
        PaymentType: payment.type ?? "Payment",
        ClientId: payment.clientId,
        ClientName: fieldsOf("client", payment.clientId).ClientName,
        PaymentDate: payment.date,
        Amount: Number(payment.amount),
        BankAccountId: payment.type === "Credit" ? "" : (payment.bankAccountId ?? OPERATING_ACCOUNT),
        Reference: payment.reference ?? "",
        Status: payment.status ?? "Posted",
        AppliedTo: (payment.applied ?? []).map(({ invoiceId, amount }) => ({
          InvoiceId: invoiceId,
          InvoiceNumber: fieldsOf("invoice", invoiceId).InvoiceNumber,
          Amount: Number(amount),
          AppliedDate: payment.date,
        })),
      });
    },
    addTaskCode: (code, description, codeType) =>
      add("taskcode", { Code: code, Description: description, CodeType: codeType }),
    change,
    remove: (object, id) => records.rows(object).delete(id),
    ids: (object) => [...records.rows(object).heads()].map(([id]) => id),
  };
}

function lineFields({
  type = "Fee",
  description,
  quantity,
  rate,
  taxed = false,
  expenseCode = "",
}: InvoiceLineSeed) {
  const amount = decimal(quantity).times(rate).toDecimalPlaces(2);
  return {
    LineType: type,
    Description: description,
    Quantity: Number(quantity),
    Rate: Number(rate),
    Amount: amount,
    ExpenseCode: expenseCode,
    TaxRateId: taxed ? VAT_ID : "",
    TaxAmount: taxed ? amount.times(VAT_PERCENT).dividedBy(100).toDecimalPlaces(2) : new Decimal(0),
  };
}

const sumOf = (amounts: readonly Decimal[]): Decimal =>
  amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
