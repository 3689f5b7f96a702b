import type { MappingRow } from "@/lib/domain/views/client-sync-view";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SheetLabels } from "./mapping-sheet";
import type { TypedRow } from "./read-corrections";

/** What a person changed of one client: another contact, or none. */
export interface Correction {
  /** Of the file, as Excel counts it. */
  readonly row: number;
  readonly client: MappingRow;
  readonly contact: Contact | null;
}

interface Contact {
  readonly externalId: string;
  readonly name: string;
  readonly isArchived: boolean;
}

/** So many faults are named; whoever has more has another file. */
const FAULTS_SHOWN = 5;

/**
 * The changes that a file makes to the review, or every reason why it cannot be taken: a name that no contact has, one that
 * several have, an archived one, a contact that would be two clients. Nothing is guessed: a name is taken letter by letter.
 */
export function weighCorrections(
  typed: readonly TypedRow[],
  present: readonly MappingRow[],
  labels: SheetLabels,
): Result<readonly Correction[], { message: string }> {
  const clients = new Map(
    present.flatMap((row) => (row.status === "ledgerOnly" ? [] : [[row.sourceExternalId, row] as const])),
  );
  const contacts = contactsOf(present);
  const corrections: Correction[] = [];
  const faults: string[] = [];
  for (const { row, sourceExternalId, ledgerName } of typed) {
    const client = clients.get(sourceExternalId);
    if (!client)
      faults.push(
        `Row ${row}: ${labels.sourceLabel} has no client with the ID ${sourceExternalId.slice(0, 60)}.`,
      );
    else if (ledgerName !== client.ledgerName.trim() && ledgerName !== client.ledgerExternalId) {
      const contact = ledgerName === "" ? null : findContact(contacts, ledgerName, labels);
      const fault = typeof contact === "string" ? contact : faultOf(client);
      if (fault !== null) faults.push(`Row ${row}: ${fault}`);
      else if (typeof contact !== "string") corrections.push({ row, client, contact });
    }
  }
  faults.push(...doubled(corrections, present));
  const more = faults.length - FAULTS_SHOWN;
  return faults.length === 0
    ? ok(corrections)
    : err({
        message: `Nothing was changed. ${faults.slice(0, FAULTS_SHOWN).join(" ")}${more > 0 ? ` And ${more} more.` : ""}`,
      });
}

/** Every contact that the review names, whichever side it stands on. */
function contactsOf(present: readonly MappingRow[]): readonly Contact[] {
  const byId = new Map<string, Contact>();
  for (const { ledgerExternalId: externalId, ledgerName: name, isArchived } of present)
    if (externalId !== "" && name !== "") byId.set(externalId, { externalId, name, isArchived });
  return [...byId.values()];
}

/** The one contact that is meant, or why there is none. The ledger's own id tells apart two of one name. */
function findContact(
  contacts: readonly Contact[],
  typed: string,
  { ledgerLabel }: SheetLabels,
): Contact | string {
  const byId = contacts.find(({ externalId }) => externalId === typed);
  const named = byId
    ? [byId]
    : contacts.filter(({ name }) => name.trim().toLowerCase() === typed.toLowerCase());
  const active = named.filter(({ isArchived }) => !isArchived);
  const [only, ...others] = active;
  const shown = `“${typed.slice(0, 80)}”`;
  if (!only)
    return named.length > 0
      ? `${shown} is archived in ${ledgerLabel}: make it active there, read both sides again, then correct it.`
      : `${ledgerLabel} has no contact called ${shown}.`;
  return others.length > 0
    ? `${ledgerLabel} has several contacts called ${shown}: write the ID of the one.`
    : only;
}

const faultOf = ({ status, sourceName, remark }: MappingRow): string | null =>
  status === "leftOut" ? `${sourceName} is left out. ${remark}`.trim() : null;

/** A contact is one client: what a correction takes must not be what another client keeps. */
function doubled(corrections: readonly Correction[], present: readonly MappingRow[]): string[] {
  const changed = new Set(corrections.map(({ client }) => client.sourceExternalId));
  const holders = new Map(
    present.flatMap(({ status, sourceExternalId, sourceName, ledgerExternalId }) =>
      status === "ledgerOnly" || ledgerExternalId === "" || changed.has(sourceExternalId)
        ? []
        : [[ledgerExternalId, sourceName] as const],
    ),
  );
  return corrections.flatMap(({ row, client, contact }) => {
    if (!contact) return [];
    const holder = holders.get(contact.externalId);
    holders.set(contact.externalId, client.sourceName);
    return holder === undefined ? [] : [`Row ${row}: ${contact.name} is ${holder} already.`];
  });
}
