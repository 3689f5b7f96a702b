import type { ConnectorSession, TokenSet } from "@/lib/connectors/contract/connector";
import { createTimesolvConnector } from "@/lib/connectors/timesolv";
import type { RecordType } from "@/lib/domain/record-type";
import { systemClock } from "@/lib/kernel/clock";
import { invariant } from "@/lib/kernel/invariant";
import { LAW_FIRM_ID, type TimesolvSeed, timesolvSeed } from "@/sandbox/seed/timesolv-firm";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { TIMESOLV_CLIENT } from "@/sandbox/timesolv/oauth";
import type { ContractFault, ContractWorld, ReadingHooks } from "./contract-world";

/**
 * A sandbox with one connected TimeSolv firm, for the contract suite and the connector's own live tests. The connection is
 * made by the connector's own auth over HTTP; records are typed into the simulator directly.
 */
export interface TimesolvWorld extends ContractWorld {
  readonly sandbox: RunningSandbox;
  seed(): TimesolvSeed;
}

export const REDIRECT_URI = "http://localhost:3000/api/connect/timesolv/callback";
const REGION = "global";
const REQUEST_TIMEOUT_MS = 1000;
/** Windows of the call limits pass at once. */
const LIMIT_SPEED = 1_000_000;
/** More than a page of 100. */
const ROWS = 130;

export async function startTimesolvWorld(): Promise<TimesolvWorld> {
  const sandbox = await startSandbox({ port: 0, limitSpeed: LIMIT_SPEED });
  const definition = createTimesolvConnector({
    ...TIMESOLV_CLIENT,
    appBase: `${sandbox.origin}/timesolv/App`,
    apiBase: `${sandbox.origin}/timesolv/Services/rest/oAuth2V1`,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  });
  const secrets: string[] = [TIMESOLV_CLIENT.clientSecret];
  let connection: { tokens: TokenSet; region: string; apiBase: string } | null = null;
  const connected = () => {
    invariant(connection !== null, "the world was reset before its first use");
    return connection;
  };
  const seed = (): TimesolvSeed => timesolvSeed(sandbox.context);

  return {
    definition,
    sandbox,
    seed,
    async openSession(): Promise<ConnectorSession> {
      const { region, apiBase } = connected();
      return {
        tenantId: LAW_FIRM_ID,
        region,
        apiBase,
        clock: systemClock,
        async accessToken(options) {
          const current = connected();
          if (options?.force === true) {
            connection = { ...current, tokens: await definition.auth.refresh(current.tokens, current) };
            secrets.push(connection.tokens.accessToken);
          }
          return connected().tokens.accessToken;
        },
        permit: async () => ({ observe: async () => undefined }),
      };
    },
    countCalls: async () =>
      sandbox.callLog.entries().filter((call) => call.service === "timesolv" && call.tenant === LAW_FIRM_ID)
        .length,
    secrets: () => secrets,
    // The Authorize page and the Token address belong to no firm, so a call of a firm is always a search.
    arm: async (fault) =>
      sandbox.faults.order({
        service: "timesolv",
        tenant: LAW_FIRM_ID,
        skip: 0,
        times: 1,
        effect: FAULTS[fault],
      }),
    // No address takes a permission back: its owner does that inside TimeSolv.
    revokeAuthorisation: async () => void sandbox.disconnect("timesolv", LAW_FIRM_ID),
    async reset() {
      await sandbox.reset();
      seedFirm(seed());
      const callback = await giveConsent(
        definition.auth.authorizeUrl({
          redirectUri: REDIRECT_URI,
          state: "a-state",
          codeChallenge: "unused",
          region: REGION,
        }),
      );
      secrets.push(callback.get("code") ?? "");
      connection = await definition.auth.exchange({
        callback,
        redirectUri: REDIRECT_URI,
        codeVerifier: "unused",
        region: REGION,
      });
      secrets.push(connection.tokens.accessToken, connection.tokens.refreshToken);
    },
    close: () => sandbox.stop(),
    reading: readingHooks(seed),
    writing: null,
  };
}

const FAULTS: Readonly<Record<ContractFault, Parameters<RunningSandbox["faults"]["order"]>[0]["effect"]>> = {
  rateLimited: status(429, '{"error":"too_many_requests"}'),
  serverError: status(500, "<html>Internal Server Error</html>"),
  silence: { type: "delay", milliseconds: 3 * REQUEST_TIMEOUT_MS, afterHandling: false },
  brokenOff: { type: "truncate", bytes: 20 },
  notJson: status(200, '{"Clients":[{"Id":"100001","Clie'),
  tokenRefused: status(401, '{"error":"invalid_token"}'),
  lostAnswer: { type: "drop-after" },
};

function status(code: number, body: string) {
  return { type: "status" as const, status: code, body, headers: {}, afterHandling: false };
}

async function giveConsent(authorizeUrl: string): Promise<URLSearchParams> {
  const page = new URL(authorizeUrl);
  const form = new URLSearchParams(page.searchParams);
  form.set("decision", "allow");
  const answer = await fetch(`${page.origin}${page.pathname}`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  const location = answer.headers.get("location");
  invariant(location !== null, `the Authorize page answered ${answer.status}`);
  return new URL(location).searchParams;
}

function seedFirm(seed: TimesolvSeed): void {
  seed.putFirm();
  seed.addTaskCode("E101", "Copying", "Expense");
  for (let index = 1; index <= ROWS; index += 1) {
    const clientId = seed.addClient({
      name: `Client  ${index}`,
      status: index % 3 === 0 ? "Inactive" : "Active",
    });
    const invoiceId = addInvoice(seed, { number: `TL-${index}`, clientId });
    seed.addPayment({
      number: `P-${index}`,
      clientId,
      date: "2026-09-30",
      amount: index % 10 === 0 ? "60" : "50",
      applied: [{ invoiceId, amount: "50" }],
    });
    seed.addPayment({
      number: `C-${index}`,
      type: "Credit",
      clientId,
      date: "2026-09-30",
      amount: "20",
      applied: index % 2 === 0 ? [{ invoiceId, amount: "10" }] : [],
    });
  }
  seed.addClient({ name: "Not a client yet", status: "Prospect" });
}

function addInvoice(
  seed: TimesolvSeed,
  invoice: { number: string; clientId: string; quantity?: string; rate?: string; taxed?: boolean },
): string {
  const { quantity = "1", rate = "100", taxed = true, ...rest } = invoice;
  return seed.addInvoice({
    ...rest,
    date: "2026-09-01",
    lines: [{ description: "Advice", quantity, rate, taxed }],
  });
}

/** 15 significant digits: as many as a JSON number of the simulator holds. */
const EXACT = "1234567890123.45";
const PARTS_OF_A_PENNY = 10.005;

function readingHooks(seed: () => TimesolvSeed): ReadingHooks {
  let made = 0;
  const next = (): number => {
    made += 1;
    return made;
  };
  const firstClient = (): string => seed().ids("client")[0] ?? "";
  const newInvoice = (rate = "100", taxed = true): string =>
    addInvoice(seed(), { number: `TL-new-${next()}`, clientId: firstClient(), rate, taxed });
  function newPayment(type: "Payment" | "Credit", amount: string): { rowId: string; invoiceId: string } {
    const invoiceId = newInvoice(EXACT, false);
    const rowId = seed().addPayment({
      number: `${type}-${next()}`,
      type,
      clientId: firstClient(),
      date: "2026-10-01",
      amount,
      applied: [{ invoiceId, amount }],
    });
    return { rowId, invoiceId };
  }
  const newSettled = (recordType: RecordType, amount: string): string => {
    const { rowId, invoiceId } = newPayment(recordType === "payment" ? "Payment" : "Credit", amount);
    return recordType === "payment" ? `${rowId}:${invoiceId}` : rowId;
  };
  const unreadableRow = (object: "client" | "invoice" | "payment", id: string, fields: object): string => {
    seed().change(object, id, { ...fields });
    return id;
  };
  return {
    absentId: "999999999",
    externalIds: async (recordType) => externalIds(seed(), recordType),
    async insert(recordType) {
      if (recordType === "contact") return seed().addClient({ name: `New  client ${next()}` });
      return recordType === "invoice" ? newInvoice() : newSettled(recordType, "10");
    },
    async insertUnreadable(recordType) {
      if (recordType === "contact")
        return unreadableRow("client", seed().addClient({ name: "Odd" }), { ClientStatus: "Unheard of" });
      if (recordType === "invoice")
        return unreadableRow("invoice", newInvoice(), { Total: PARTS_OF_A_PENNY });
      const { rowId } = newPayment(recordType === "payment" ? "Payment" : "Credit", "10");
      return unreadableRow("payment", rowId, { Amount: PARTS_OF_A_PENNY });
    },
    async insertExactAmounts(recordType) {
      if (recordType === "contact") return null;
      const amounts: Record<string, string> = { gross: EXACT, net: EXACT, tax: "0.00" };
      if (recordType === "invoice")
        return {
          externalId: newInvoice(EXACT, false),
          amounts: Object.assign(amounts, { remaining: EXACT }),
        };
      const externalId = newSettled(recordType, EXACT);
      const settled: Record<string, string> =
        recordType === "payment" ? { amount: EXACT } : { ...amounts, remaining: "0.00" };
      return { externalId, amounts: settled };
    },
  };
}

interface PaymentFields {
  readonly PaymentType?: unknown;
  readonly Amount?: unknown;
  readonly AppliedTo?: readonly { readonly InvoiceId: string; readonly Amount: number }[];
}

function externalIds(seed: TimesolvSeed, recordType: RecordType): string[] {
  const { records } = seed;
  if (recordType === "invoice") return seed.ids("invoice");
  if (recordType === "contact")
    return seed
      .ids("client")
      .filter((id) => records.rows("client").get(id)?.fields.ClientStatus !== "Prospect");
  return seed.ids("payment").flatMap((id) => {
    const {
      PaymentType,
      Amount,
      AppliedTo = [],
    } = (records.rows("payment").get(id)?.fields ?? {}) as PaymentFields;
    const applied = AppliedTo.map(({ InvoiceId }) => `${id}:${InvoiceId}`);
    if (PaymentType === "Credit")
      return recordType === "creditNote" ? [id] : recordType === "allocation" ? applied : [];
    if (recordType === "payment") return applied;
    const used = AppliedTo.reduce((sum, one) => sum + one.Amount, 0);
    return recordType === "overpayment" && Number(Amount) > used ? [`${id}:excess`] : [];
  });
}
