import type { ConnectorSession, TokenSet } from "@/lib/connectors/contract/connector";
import { createZohoBooksConnector } from "@/lib/connectors/zoho-books";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { systemClock } from "@/lib/kernel/clock";
import { invariant } from "@/lib/kernel/invariant";
import { type ZohoSeed, zohoSeed } from "@/sandbox/seed/zoho-organisation";
import { STANDARD_RATE, ZERO_RATED, ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";
import { unusedAmount } from "@/sandbox/zoho/books/settle";
import type { ContractFault, ContractWorld, ReadingHooks } from "./contract-world";
import { zohoBooksWriting } from "./zoho-books-writing";
import {
  insertExactPurchase,
  insertPurchase,
  insertUnreadablePurchase,
  isPurchase,
  purchaseIds,
  seedPurchases,
} from "./zoho-purchase-world";

/**
 * A sandbox with one connected Zoho Books organisation, for the contract suite and the connector's own live tests. The
 * connection is made by the connector's own auth over HTTP; records are typed into the simulator directly.
 */
export interface ZohoBooksWorld extends ContractWorld {
  readonly sandbox: RunningSandbox;
  seed(): ZohoSeed;
  /** One invoice of 120.00 (100.00 and 20 %), typed in just now. */
  addInvoice(change?: Partial<Parameters<ZohoSeed["addInvoice"]>[0]>): string;
}

export const REDIRECT_URI = "http://localhost:3000/api/connect/zoho-books/callback";
const REGION = "eu";
const REQUEST_TIMEOUT_MS = 1000;
/** Windows of the call limits pass at once: limits have tests of their own. */
const LIMIT_SPEED = 1_000_000;
/** More than a list page. */
const CONTACTS = 205;
/** More than the connector puts on a page; a call for each makes them the dear part of every test. */
const INVOICES_DEFAULT = 60;
const CREDIT_NOTES = 30;
const PAYMENTS = 60;

export async function startZohoBooksWorld(
  options: { readonly invoices?: number } = {},
): Promise<ZohoBooksWorld> {
  const sandbox = await startSandbox({ port: 0, limitSpeed: LIMIT_SPEED });
  const definition = createZohoBooksConnector({
    ...ZOHO_CLIENT,
    accountsBase: (region) => `${sandbox.origin}/zoho/${region}/accounts`,
    apiBase: (region) => `${sandbox.origin}/zoho/${region}/api`,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  });
  const secrets: string[] = [ZOHO_CLIENT.clientSecret];
  let connection: { tokens: TokenSet; region: string; apiBase: string } | null = null;
  const connected = () => {
    invariant(connection !== null, "the world was reset before its first use");
    return connection;
  };
  const remember = (tokens: TokenSet): void => {
    secrets.push(tokens.accessToken, tokens.refreshToken);
  };
  const seed = (): ZohoSeed => zohoSeed(sandbox.context);
  const addInvoice: ZohoBooksWorld["addInvoice"] = (change = {}) => addOneInvoice(seed(), change);

  return {
    definition,
    sandbox,
    seed,
    addInvoice,
    async openSession(): Promise<ConnectorSession> {
      const { region, apiBase } = connected();
      return {
        tenantId: ZOHO_ORGANIZATION_ID,
        region,
        apiBase,
        clock: systemClock,
        async accessToken(options) {
          const current = connected();
          if (options?.force === true) {
            connection = { ...current, tokens: await definition.auth.refresh(current.tokens, current) };
            remember(connection.tokens);
          }
          return connected().tokens.accessToken;
        },
        permit: async () => ({ observe: async () => undefined }),
      };
    },
    countCalls: async () =>
      sandbox.callLog
        .entries()
        .filter((call) => call.service === "zoho" && call.tenant === ZOHO_ORGANIZATION_ID).length,
    secrets: () => secrets,
    // Consent pages and tokens belong to no organisation, so a call that names one is always a call to the API.
    arm: async (fault) =>
      sandbox.faults.order({
        service: "zoho",
        tenant: ZOHO_ORGANIZATION_ID,
        skip: 0,
        times: 1,
        effect: FAULTS[fault],
      }),
    async revokeAuthorisation() {
      const { tokens, region, apiBase } = connected();
      await definition.auth.disconnect(tokens, { region, apiBase, authorisationId: "" });
    },
    async reset() {
      await sandbox.reset();
      seedOrganisation(seed(), options.invoices ?? INVOICES_DEFAULT);
      const callback = await giveConsent(
        definition.auth.authorizeUrl({
          redirectUri: REDIRECT_URI,
          state: "a-state",
          codeChallenge: "unused",
          region: REGION,
          writes: RECORD_TYPES,
        }),
      );
      connection = await definition.auth.exchange({
        callback,
        redirectUri: REDIRECT_URI,
        codeVerifier: "unused",
        region: REGION,
      });
      remember(connection.tokens);
    },
    close: () => sandbox.stop(),
    reading: readingHooks(seed, addInvoice),
    writing: zohoBooksWriting(seed, definition.rules),
  };
}

const FAULTS: Readonly<Record<ContractFault, Parameters<RunningSandbox["faults"]["order"]>[0]["effect"]>> = {
  rateLimited: status(
    429,
    '{"code":44,"message":"For security reasons you have been blocked for some time."}',
  ),
  serverError: status(500, "<html>Internal Server Error</html>"),
  silence: { type: "delay", milliseconds: 3 * REQUEST_TIMEOUT_MS, afterHandling: false },
  brokenOff: { type: "truncate", bytes: 20 },
  notJson: status(200, '{"code":0,"message":"success","conta'),
  tokenRefused: status(401, '{"code":14,"message":"Invalid value passed for authtoken."}'),
  lostAnswer: { type: "drop-after" },
};

function status(code: number, body: string) {
  return { type: "status" as const, status: code, body, headers: {}, afterHandling: false };
}

/** Presses Accept on the consent page and gives the query that Zoho redirects back with. */
export async function giveConsent(authorizeUrl: string): Promise<URLSearchParams> {
  const page = new URL(authorizeUrl);
  const form = new URLSearchParams(page.searchParams);
  form.set("decision", "accept");
  const answer = await fetch(`${page.origin}${page.pathname}`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  const location = answer.headers.get("location");
  invariant(location !== null, `the consent page answered ${answer.status}`);
  return new URL(location).searchParams;
}

function seedOrganisation(seed: ZohoSeed, invoices: number): void {
  seed.putOrganization({ currencies: ["EUR", "JPY"] });
  seed.addTag("Region", ["North", "South"]);
  const contactIds = Array.from({ length: CONTACTS }, (_, index) =>
    seed.addContact({
      name: `Customer ${index + 1}`,
      email: `customer-${index + 1}@example.com`,
      created: `2026-06-01T08:00:${String(index % 60).padStart(2, "0")}Z`,
    }),
  );
  for (let index = 0; index < CONTACTS; index += 1)
    seed.addItem({ name: `Item ${index + 1}`, sku: `SKU-${index + 1}`, rate: `${index}.5` });
  const invoiceIds = Array.from({ length: invoices }, (_, index) =>
    addOneInvoice(seed, {
      number: `INV-${index + 1}`,
      customerId: contactIds[index % CONTACTS],
      created: "2026-07-01T09:00:00Z",
    }),
  );
  for (let index = 0; index < CREDIT_NOTES; index += 1) {
    const note = seed.addCreditNote({
      number: `CN-${index + 1}`,
      customerId: contactIds[index] ?? "",
      date: "2026-07-02",
      lines: [lineOf(seed, "10")],
    });
    if (index % 2 === 0) seed.applyCredit(note, invoiceIds[index] ?? "", "5", "2026-07-03");
  }
  for (let index = 0; index < PAYMENTS; index += 1)
    seed.addPayment({
      number: String(index + 1),
      customerId: contactIds[index] ?? "",
      date: "2026-07-20",
      amount: index % 10 === 0 ? "120" : "100",
      applied: [{ invoiceId: invoiceIds[index] ?? "", amount: "100" }],
    });
  seedPurchases(seed);
}

function addOneInvoice(seed: ZohoSeed, change: Partial<Parameters<ZohoSeed["addInvoice"]>[0]>): string {
  return seed.addInvoice({
    number: `INV-now-${seed.books.invoices.size + 1}`,
    customerId: firstContact(seed),
    date: "2026-07-01",
    lines: [lineOf(seed, "100")],
    created: seed.books.stamp(),
    ...change,
  });
}

function lineOf(seed: ZohoSeed, rate: string, tax: string = STANDARD_RATE) {
  return {
    description: "Goods",
    rate,
    quantity: "1",
    taxId: seed.taxId(tax),
    accountId: seed.accountId("Sales"),
  };
}

function firstContact(seed: ZohoSeed): string {
  const [first] = seed.books.contacts.heads();
  invariant(first !== undefined, "contacts were seeded");
  return first[0];
}

/** 15 significant digits: as many as a JSON number of the simulator holds. */
const EXACT = "1234567890123.45";

function readingHooks(seed: () => ZohoSeed, addInvoice: ZohoBooksWorld["addInvoice"]): ReadingHooks {
  function addPayment(amount: string, applied: string): { paymentId: string; externalId: string } {
    const invoiceId = addInvoice({ lines: [lineOf(seed(), EXACT, ZERO_RATED)] });
    const paymentId = seed().addPayment({
      number: `P-${seed().books.payments.size + 1}`,
      customerId: firstContact(seed()),
      date: "2026-07-21",
      amount,
      applied: [{ invoiceId, amount: applied }],
    });
    return { paymentId, externalId: `${paymentId}:${invoiceId}` };
  }
  function addCreditNote(change: Partial<Parameters<ZohoSeed["addCreditNote"]>[0]>): string {
    return seed().addCreditNote({
      number: `CN-now-${seed().books.creditNotes.size + 1}`,
      customerId: firstContact(seed()),
      date: "2026-07-02",
      lines: [lineOf(seed(), "10")],
      created: seed().books.stamp(),
      ...change,
    });
  }
  const exactLines = () => ({ lines: [lineOf(seed(), EXACT, ZERO_RATED)] });
  const exactDocument = { gross: EXACT, net: EXACT, tax: "0.00", remaining: EXACT };
  return {
    absentId: "999999999999999999",
    externalIds: async (recordType) => externalIds(seed(), recordType),
    async insert(recordType) {
      if (isPurchase(recordType)) return insertPurchase(seed(), recordType);
      if (recordType === "contact") return seed().addContact({ name: `New ${seed().books.contacts.size}` });
      if (recordType === "item") return seed().addItem({ name: `A new item ${seed().books.items.size}` });
      if (recordType === "invoice") return addInvoice();
      if (recordType === "creditNote") return addCreditNote({});
      return addPayment("10", "10").externalId;
    },
    async insertUnreadable(recordType) {
      if (isPurchase(recordType)) return insertUnreadablePurchase(seed(), recordType);
      if (recordType === "contact") return seed().addContact({ name: "" });
      if (recordType === "item") return seed().addItem({ name: "" });
      if (recordType === "invoice") return addInvoice({ adjustment: "0.005" });
      if (recordType === "creditNote") return addCreditNote({ adjustment: "0.005" });
      return addPayment("10.005", "10").paymentId;
    },
    async insertExactAmounts(recordType) {
      if (isPurchase(recordType)) return insertExactPurchase(seed(), recordType);
      if (recordType === "invoice") return { externalId: addInvoice(exactLines()), amounts: exactDocument };
      if (recordType === "creditNote")
        return { externalId: addCreditNote(exactLines()), amounts: exactDocument };
      if (recordType === "payment")
        return { externalId: addPayment(EXACT, EXACT).externalId, amounts: { amount: EXACT } };
      return null;
    },
  };
}

function externalIds(seed: ZohoSeed, recordType: RecordType): string[] {
  const { books } = seed;
  switch (recordType) {
    case "contact":
      return [...books.contacts.heads()].map(([id]) => id);
    case "item":
      return [...books.items.heads()].map(([id]) => id);
    case "invoice":
      return [...books.invoices.heads()].map(([id]) => id);
    case "creditNote":
      return [...books.creditNotes.heads()].map(([id]) => id);
    case "allocation":
      return [...books.creditNotes.heads()].flatMap(([id]) =>
        (books.creditNotes.get(id)?.credits ?? []).map((credit) => `${id}:${credit.id}`),
      );
    case "payment":
      return [...books.payments.heads()].flatMap(([id, payment]) =>
        payment.applied.map(({ invoiceId }) => `${id}:${invoiceId}`),
      );
    case "overpayment":
      return [...books.payments.heads()]
        .filter(([, payment]) => !unusedAmount(payment).isZero())
        .map(([id]) => `${id}:excess`);
    default:
      return isPurchase(recordType) ? purchaseIds(seed, recordType) : [];
  }
}
