import { invariant } from "@/lib/kernel/invariant";
import type { Answered, TestClient } from "@/sandbox/xero/test-client";

const PAGE_SIZE = 1000;

/** Every record of a kind as Xero's own API lists it, archived ones too; a trial's company fits on one page. */
export async function listLedger(client: TestClient, plural: string): Promise<Answered[]> {
  const query = { page: "1", pageSize: String(PAGE_SIZE), includeArchived: "true" };
  const reply = await client.call("GET", `/${plural}`, { query });
  const records: Answered[] = reply.json[plural] ?? [];
  invariant(
    reply.status === 200 && records.length < PAGE_SIZE,
    `${plural} could not be read whole: status ${reply.status}, ${records.length} records`,
  );
  return records;
}
