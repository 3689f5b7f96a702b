import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { readRecord, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { searchAll, type TimesolvClient } from "../client";
import { wireMismatch } from "../errors";
import type { FirmTerms } from "../translate/invoice";
import { toReferenceData } from "../translate/reference";
import { type WireFirm, type WireTaskCode, wireFirmSchema, wireTaskCodeSchema } from "../wire/firm";

/** The firm itself. Where TimeSolv has no such address, a firm that is known by no more than a currency. */
export interface Firm {
  readonly wire: WireFirm;
  readonly currency: string;
}

const FIRM_SEARCH = { operation: "firmSearch", list: "Firms" };
const TASK_CODE_SEARCH = { operation: "taskcodeSearch", list: "TaskCodes" };

/** Reads the firm once for as long as the connector is open. */
export function createFirm(client: TimesolvClient, fallbackCurrency: string): () => Promise<Firm> {
  let asked: Promise<Firm> | null = null;
  return () => {
    asked ??= readFirm(client, fallbackCurrency).catch((thrown: unknown) => {
      asked = null;
      throw thrown;
    });
    return asked;
  };
}

export const termsOf = ({ wire, currency }: Firm): FirmTerms => ({ currency, taxRates: wire.TaxRates });

async function readFirm(client: TimesolvClient, fallbackCurrency: string): Promise<Firm> {
  try {
    const [row] = await client.search(FIRM_SEARCH, 1);
    const wire = wireFirmSchema.safeParse(row);
    if (!wire.success) throw wireMismatch("the firm cannot be read");
    return { wire: wire.data, currency: wire.data.Currency ?? fallbackCurrency };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || thrown.kind !== "notFound") throw thrown;
    const wire = { FirmId: "", FirmName: "TimeSolv firm", Currency: null, TimeZone: "" };
    return { wire: { ...wire, BankAccounts: [], TaxRates: [] }, currency: fallbackCurrency };
  }
}

/** All of it or an error: a list with a hole would show as a mapping that cannot be chosen. */
export async function readReferenceData(client: TimesolvClient, firm: Firm): Promise<ReferenceData> {
  const codes: WireTaskCode[] = [];
  for await (const rows of searchAll(client, TASK_CODE_SEARCH)) codes.push(...rows.map(readTaskCode));
  return toReferenceData(firm.wire, firm.currency, codes);
}

function readTaskCode(row: unknown): WireTaskCode {
  try {
    return readRecord(wireTaskCodeSchema, "task code", row);
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) throw wireMismatch(thrown.message);
    throw thrown;
  }
}
