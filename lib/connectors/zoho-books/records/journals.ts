import {
  idIn,
  NOTHING,
  quarantine,
  readAsyncOrQuarantine,
  readRecord,
} from "@/lib/connectors/contract/unreadable";
import type { ManualJournal } from "@/lib/domain/manual-journal";
import { getOrNull, type ZohoClient } from "../client";
import { isForeign, journalVersion, toManualJournal } from "../translate/journal";
import { journalRowSchema, wireJournalSchema } from "../wire/journal";
import type { Currencies } from "./currencies";
import type { RowKind } from "./pull-rows";

/**
 * Manual journals. The list takes last_modified_time and knows no order by time of creation; entry numbers stay as they
 * are. A journal in a foreign currency costs one more call in a pull, for the name of the base currency.
 */
export function journals(currencies: Currencies): RowKind {
  return {
    recordType: "manualJournal",
    path: "/journals",
    listKeys: ["journals"],
    takesModifiedTime: true,
    order: { sort_column: "entry_number", sort_order: "A" },
    versionOf(payload) {
      const row = journalRowSchema.safeParse(payload);
      if (!row.success || row.data.last_modified_time === null) return null;
      return { id: row.data.journal_id, version: journalVersion(row.data) };
    },
    async readRow(client, payload) {
      const id = idIn(payload, "journal_id");
      if (id === null) return { records: [], quarantined: [withoutId(payload)] };
      const body = await getOrNull(client, `/journals/${encodeURIComponent(id)}`);
      if (body === null) return NOTHING;
      return readAsyncOrQuarantine("manualJournal", id, body.journal, async () => [
        await readJournal(currencies, body.journal),
      ]);
    },
  };
}

const withoutId = (payload: unknown) =>
  quarantine(
    "manualJournal",
    null,
    payload,
    'The field "journal_id" of this manual journal cannot be read: there is none.',
  );

/** One journal, for get; null when there is none of that id. Throws UnreadableRecord. */
export async function getJournal(
  client: ZohoClient,
  currencies: Currencies,
  id: string,
): Promise<ManualJournal | null> {
  const body = await getOrNull(client, `/journals/${encodeURIComponent(id)}`);
  return body === null ? null : readJournal(currencies, body.journal);
}

async function readJournal(currencies: Currencies, payload: unknown): Promise<ManualJournal> {
  const wire = readRecord(wireJournalSchema, "manual journal", payload);
  return toManualJournal(wire, isForeign(wire) ? await currencies.base() : wire.currency_code);
}
