import { recordEvent } from "@/lib/audit/record-event";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { loadPerson } from "./find-person";
import { type PersonTable, personConditions } from "./person-rows";
import { type ReadPage, readLines } from "./read-lines";
import { listWorkspaceTables } from "./workspace-tables";
import { type LinesFile, writeLinesZip } from "./write-lines-zip";

export interface Download {
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Secrets, and what is in hand for a moment: none of it is the customer's. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "credentials",
  "outbox_events",
  "requested_mails",
  "quota_budgets",
  "quota_calls",
]);

/**
 * Everything that is the customer's, a file of JSON lines a table and one of the people who work there, read page by page as
 * it is written. The trail says who took it. No token, key or sealed text is in it.
 */
export async function exportWorkspace(access: WorkspaceAccess): Promise<Download> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const read: ReadPage = (work) => database.withWorkspace(workspaceId, work);
  const at = clock.now();
  const tables = await read(async (tx) => {
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "workspace.exported", subject: workspaceId },
      at,
    });
    return listWorkspaceTables(tx);
  });
  const files: LinesFile[] = [
    { name: "README.txt", lines: explanation(access.name, at) },
    { name: "workspace.jsonl", lines: workspaceLines(read, workspaceId) },
    { name: "people.jsonl", lines: peopleLines(read) },
    ...tables
      .filter(({ name }) => !LEFT_OUT.has(name))
      .map((table) => ({ name: `${table.name}.jsonl`, lines: readLines(read, table) })),
  ];
  return {
    fileName: `tieout-${access.slug}-${at.toISOString().slice(0, 10)}.zip`,
    bytes: writeLinesZip(files),
  };
}

/** What is held of one person, a file of JSON lines a table; null where the workspace has no such person. */
export async function exportPerson(access: WorkspaceAccess, key: string): Promise<Download | null> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const read: ReadPage = (work) => database.withWorkspace(workspaceId, work);
  const at = clock.now();
  const found = await read(async (tx) => {
    const known = await loadPerson(tx, key);
    if (!known) return null;
    const { source, ledger } = known.person;
    await recordEvent(tx, {
      ...{ workspaceId, actorUserId: access.userId, action: "person.exported" },
      subject: `contact:${(source ?? ledger)?.externalId ?? ""}`,
      at,
    });
    return { person: known.person, tables: await listWorkspaceTables(tx) };
  });
  if (!found) return null;
  const conditions = personConditions(found.person);
  const isTheirs = (name: string): name is PersonTable => name in conditions;
  const files = found.tables.flatMap((table): LinesFile[] => {
    const { name } = table;
    return isTheirs(name) ? [{ name: `${name}.jsonl`, lines: readLines(read, table, conditions[name]) }] : [];
  });
  return {
    fileName: `person-${at.toISOString().slice(0, 10)}.zip`,
    bytes: writeLinesZip([{ name: "README.txt", lines: personExplanation(at) }, ...files]),
  };
}

function* explanation(name: string, at: Date): Generator<string> {
  yield `Everything that Tieout holds for ${name}, ${at.toISOString()}.`;
  yield "Each file has one table, one row a line, as JSON. Amounts are whole numbers of the smallest unit of their";
  yield "currency; times are in UTC. Permissions to connected systems, keys and other secrets are left out.";
  yield "What was written into Xero and what stands in the operations system is there, not here.";
}

function* personExplanation(at: Date): Generator<string> {
  yield `What Tieout holds of one person, ${at.toISOString()}.`;
  yield "Each file has one table, one row a line, as JSON. Webhooks as they came are kept for 31 days apart from this.";
}

async function* workspaceLines(read: ReadPage, workspaceId: string): AsyncGenerator<string> {
  const rows = await read(
    (tx) => tx.$queryRaw<{ line: string }[]>`
      SELECT to_jsonb(w)::text AS line FROM workspaces w WHERE w.id = ${workspaceId}::uuid`,
  );
  for (const { line } of rows) yield line;
}

async function* peopleLines(read: ReadPage): AsyncGenerator<string> {
  const members = await read((tx) =>
    tx.membership.findMany({
      select: { role: true, createdAt: true, user: { select: { id: true, name: true, email: true } } },
    }),
  );
  for (const { role, createdAt, user } of members) yield JSON.stringify({ ...user, role, since: createdAt });
}
