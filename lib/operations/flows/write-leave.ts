import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { RecordType } from "@/lib/domain/record-type";

/** Leave to write that a connection lacks for these record types; empty where nothing is missing. */
export function missingLeave(
  { writeScopes = [] }: Pick<ConnectorManifest, "writeScopes">,
  granted: readonly string[],
  recordTypes: readonly RecordType[],
): readonly string[] {
  return writeScopes
    .filter(({ name, recordType }) => recordTypes.includes(recordType) && !granted.includes(name))
    .map(({ name }) => name);
}

/** What a person is to do about it. */
export const leaveSentence = (label: string): string =>
  `${label} has not given Tieout leave to write this yet. Connect ${label} again: it will ask for exactly that.`;
