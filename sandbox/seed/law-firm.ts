/**
 * Tidewater Legal LLP: a small law firm in the simulated TimeSolv, and what its accountant has in Xero already. It has one
 * of each kind of trouble that a first client sync meets: names with double spaces, an archived twin, a client who is
 * inactive and one who is only a prospect, a name that somebody spelled in another way. Everything is invented and the
 * same in every run.
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import { type ClientSeed, timesolvSeed } from "./timesolv-firm";
import { xeroSeed } from "./xero-organisation";

export interface LawFirmReport {
  readonly clients: number;
  readonly invoices: number;
  readonly payments: number;
  readonly xeroContacts: number;
}

/** Two spaces between the names: not the John Smith who has one. */
export const TWICE_SPACED = "John  Smith";
export const ARCHIVED_TWIN = "Penrose Shipping Ltd";
export const INACTIVE_CLIENT = "Estate of Ruth Calloway";
export const PROSPECT = "Larkspur Ventures";
/** In Xero as "Bramley and Sons Limited": the same firm in another spelling, or two. */
export const SPELLED_OTHERWISE = "Bramley & Sons Ltd";
/** In Xero alone, with no client here. */
export const XERO_ALONE = ["City Land Registry", "Harbour Stationers"] as const;
/** In both under the same name. */
export const SAME_IN_BOTH = ["John Smith", "Anchor Foundry Ltd", "Eleanor Vance"] as const;

const CLIENTS: readonly ClientSeed[] = [
  { name: "John Smith", firstName: "John", lastName: "Smith", email: "john@smith-family.example" },
  { name: TWICE_SPACED, firstName: "John", lastName: "Smith", email: "j.smith@quayside.example" },
  { name: "Anchor Foundry Ltd", email: "accounts@anchorfoundry.example", city: "Bristol" },
  { name: "Eleanor Vance", firstName: "Eleanor", lastName: "Vance", email: "eleanor@vance.example" },
  { name: ARCHIVED_TWIN, email: "office@penrose.example", city: "Falmouth" },
  { name: INACTIVE_CLIENT, status: "Inactive", email: "executor@calloway.example" },
  { name: PROSPECT, status: "Prospect", email: "hello@larkspur.example" },
  { name: SPELLED_OTHERWISE, email: "", city: "Truro" },
  { name: "Mary   Ann Cole", firstName: "Mary Ann", lastName: "Cole", email: "mary@cole.example" },
  { name: "Whitby Harbour Trust", email: "clerk@whitbyharbour.example", city: "Whitby" },
];

/** Writes the firm into TimeSolv, and what its accountant keeps in the Xero organisation `xeroTenantId`, where one is named. */
export function seedLawFirm(
  context: SandboxContext,
  options: { readonly xeroTenantId?: string } = {},
): LawFirmReport {
  const seed = timesolvSeed(context);
  seed.putFirm();
  seed.addTaskCode("E101", "Copying", "Expense");
  seed.addTaskCode("E112", "Court fees", "Expense");
  seed.addTaskCode("L110", "Fact investigation", "Task");
  const ids = new Map(CLIENTS.map((client) => [client.name, seed.addClient(client)]));
  const idOf = (name: string): string => ids.get(name) ?? "";
  writeDocuments(seed, idOf);
  return {
    clients: CLIENTS.length,
    invoices: seed.ids("invoice").length,
    payments: seed.ids("payment").length,
    xeroContacts: options.xeroTenantId === undefined ? 0 : writeXero(context, options.xeroTenantId),
  };
}

function writeDocuments(seed: ReturnType<typeof timesolvSeed>, idOf: (name: string) => string): void {
  const advice = seed.addInvoice({
    number: "TL-1001",
    clientId: idOf("Anchor Foundry Ltd"),
    date: "2026-09-01",
    dueDate: "2026-10-01",
    lines: [
      { description: "Advice on a lease", quantity: "3.5", rate: "220", taxed: true },
      {
        type: "Expense",
        description: "Copies",
        quantity: "42",
        rate: "0.15",
        taxed: true,
        expenseCode: "E101",
      },
      { type: "Expense", description: "Court fee", quantity: "1", rate: "255", expenseCode: "E112" },
    ],
  });
  const letter = seed.addInvoice({
    number: "TL-1002",
    clientId: idOf(TWICE_SPACED),
    date: "2026-09-10",
    dueDate: "2026-10-10",
    lines: [{ description: "Letter before action", quantity: "0.33", rate: "247.35", taxed: true }],
  });
  seed.addInvoice({
    number: "TL-1003",
    clientId: idOf(INACTIVE_CLIENT),
    date: "2026-09-12",
    lines: [
      { description: "Probate", quantity: "6.2", rate: "195", taxed: true },
      { type: "Interest", description: "Interest on TL-0950", quantity: "1", rate: "12.40" },
    ],
  });
  seed.addInvoice({
    number: "TL-1004",
    clientId: idOf("Eleanor Vance"),
    date: "2026-09-20",
    status: "Draft",
    lines: [{ description: "Will", quantity: "1", rate: "350", taxed: true }],
  });
  const retainer = seed.addInvoice({
    number: "TL-1005",
    clientId: idOf("Whitby Harbour Trust"),
    date: "2026-09-25",
    dueDate: "2026-10-25",
    lines: [{ type: "Expense", description: "Searches", quantity: "1", rate: "80" }],
  });
  seed.addPayment({
    number: "P-501",
    clientId: idOf("Anchor Foundry Ltd"),
    date: "2026-09-30",
    amount: "1000",
    reference: "BACS",
    applied: [{ invoiceId: advice, amount: "1000" }],
  });
  seed.addPayment({
    number: "P-502",
    clientId: idOf("Whitby Harbour Trust"),
    date: "2026-10-02",
    amount: "100",
    reference: "Retainer",
    applied: [{ invoiceId: retainer, amount: "80" }],
  });
  seed.addPayment({
    number: "C-31",
    type: "Credit",
    clientId: idOf(TWICE_SPACED),
    date: "2026-10-05",
    amount: "20",
    reference: "Goodwill",
    applied: [{ invoiceId: letter, amount: "20" }],
  });
}

function writeXero(context: SandboxContext, tenantId: string): number {
  const xero = xeroSeed(context);
  const put = (name: string): string => xero.putContact(tenantId, { Name: name }).id;
  const names = [...SAME_IN_BOTH, ...XERO_ALONE, "Bramley and Sons Limited"];
  for (const name of names) put(name);
  xero.archiveContact(tenantId, put(ARCHIVED_TWIN));
  return names.length + 1;
}
