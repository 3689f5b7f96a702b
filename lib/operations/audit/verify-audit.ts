import { type ChainBreak, checkChain } from "@/lib/audit/chain";
import { readEnd, readLinks, readStrangers } from "@/lib/audit/read-trail";
import { getRuntime, type Runtime } from "../runtime";

/** Where each workspace's chain ended when it was last found whole, kept outside the database: places by workspace id. */
export type NotedHeads = Readonly<Record<string, { readonly place: string; readonly hash: string }>>;

export interface AuditReport {
  readonly workspaces: number;
  readonly events: number;
  readonly sealed: number;
  /** Written and not sealed yet: seconds old, unless no sealer runs. */
  readonly unsealed: number;
  readonly broken: readonly {
    readonly workspace: string;
    readonly sequence: string;
    readonly what: string;
  }[];
  /** Of the chains that are whole, for the next time. */
  readonly heads: NotedHeads;
}

const LINKS_AT_ONCE = 1_000;
const BREAKS_SHOWN_MAX = 100;

/**
 * Checks every link of the chain over the audit trail, of one workspace or of all, against the lines and against where the
 * chains ended when somebody last noted it. Reads alone; a page of links at a time is held.
 */
export async function verifyAudit(slug: string | null, noted: NotedHeads = {}): Promise<AuditReport> {
  const runtime = await getRuntime();
  const total = { workspaces: 0, events: 0, sealed: 0, unsealed: 0 };
  const broken: { workspace: string; sequence: string; what: string }[] = [];
  const heads: Record<string, { place: string; hash: string }> = {};
  for (const workspaceId of await runtime.database.system.allWorkspaces()) {
    const name = await slugOf(runtime, workspaceId);
    if (slug !== null && name !== slug) continue;
    const found = await verifyWorkspace(runtime, workspaceId, noted[workspaceId]);
    total.workspaces += 1;
    total.events += found.events;
    total.sealed += found.sealed;
    total.unsealed += found.unsealed;
    for (const { sequence, what } of found.breaks.slice(0, BREAKS_SHOWN_MAX))
      broken.push({ workspace: name, sequence: String(sequence), what });
    if (found.breaks.length === 0) heads[workspaceId] = found.end;
  }
  if (slug !== null && total.workspaces === 0) throw new Error(`there is no workspace "${slug}"`);
  return { ...total, broken, heads };
}

async function slugOf(runtime: Runtime, workspaceId: string): Promise<string> {
  const row = await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.workspace.findUnique({ where: { id: workspaceId }, select: { slug: true } }),
  );
  return row?.slug ?? workspaceId;
}

interface CheckedChain {
  readonly events: number;
  readonly sealed: number;
  readonly unsealed: number;
  readonly breaks: readonly ChainBreak[];
  readonly end: { readonly place: string; readonly hash: string };
}

async function verifyWorkspace(
  { database, auditKeys }: Runtime,
  workspaceId: string,
  noted: NotedHeads[string] | undefined,
): Promise<CheckedChain> {
  const check = checkChain(workspaceId, auditKeys);
  // What the sealer adds from now on is the next check's.
  const { head, lastPlace } = await database.withWorkspace(workspaceId, (tx) => readEnd(tx));
  let [place, lastSequence, sealed, notedHash] = [0n, 0n, 0, ""];
  for (let isMore = true; isMore; ) {
    const links = await database.withWorkspace(workspaceId, (tx) =>
      readLinks(tx, { after: place, upTo: lastPlace, limit: LINKS_AT_ONCE }),
    );
    for (const { link, line } of links) {
      check.takeLink(link, line);
      place = link.place;
      if (link.sequence > lastSequence) lastSequence = link.sequence;
      if (String(link.place) === noted?.place) notedHash = link.hash;
    }
    sealed += links.length;
    isMore = links.length === LINKS_AT_ONCE;
  }
  const { events, unsealed, strangers } = await database.withWorkspace(workspaceId, async (tx) => ({
    events: await tx.auditEvent.count(),
    unsealed: await tx.auditEvent.count({ where: { sequence: { gt: lastSequence } } }),
    strangers: await readStrangers(tx, lastSequence, BREAKS_SHOWN_MAX),
  }));
  for (const sequence of strangers) check.takeStranger(sequence);
  const breaks = [...check.finish(head)];
  if (noted !== undefined && noted.place !== "0" && notedHash !== noted.hash)
    breaks.push({
      sequence: head?.sequence ?? 0n,
      what: `the chain no longer holds link ${noted.place} as it was noted`,
    });
  return {
    events,
    sealed,
    unsealed,
    breaks,
    end: { place: String(head?.place ?? 0n), hash: head?.hash ?? "" },
  };
}
