import type { Connector, WriteOutcome } from "@/lib/connectors/contract/connector";
import { concealRecord } from "@/lib/domain/erased-person";

export interface ErasedContact {
  readonly externalId: string;
  readonly token: string;
}

/**
 * The connector as it is where nobody was erased; else one that gives every record of an erased person under their token,
 * whatever asks for it, so that no table gets the details back by the next reading. Quarantined rows of theirs come without
 * their content.
 */
export function concealErased(connector: Connector, erased: readonly ErasedContact[]): Connector {
  if (erased.length === 0) return connector;
  const tokens = new Map(erased.map(({ externalId, token }) => [externalId, token]));
  return {
    probe: () => connector.probe(),
    async *pull(recordType, cursor, options) {
      for await (const page of connector.pull(recordType, cursor, options))
        yield {
          ...page,
          records: page.records.map((record) => concealRecord(record, tokens)),
          quarantined: page.quarantined.map((row) =>
            row.recordType === "contact" && tokens.has(row.externalId) ? { ...row, payload: null } : row,
          ),
        };
    },
    async get(recordType, externalId) {
      const record = await connector.get(recordType, externalId);
      return record === null ? null : concealRecord(record, tokens);
    },
    async find(recordType, sought) {
      return (await connector.find(recordType, sought)).map((record) => concealRecord(record, tokens));
    },
    listIds: (recordType) => connector.listIds(recordType),
    referenceData: () => connector.referenceData(),
    async apply(request) {
      const isTheirs = new Set(
        request.elements.flatMap(({ intentId, record }) =>
          tokens.has("contactId" in record ? record.contactId : record.externalId) ? [intentId] : [],
        ),
      );
      return (await connector.apply(request)).map((outcome) =>
        concealOutcome(outcome, tokens, isTheirs.has(outcome.intentId)),
      );
    },
  };
}

const LEFT_OUT = "Left out: it is about a person whose details were erased.";

function concealOutcome(
  outcome: WriteOutcome,
  tokens: ReadonlyMap<string, string>,
  isTheirs: boolean,
): WriteOutcome {
  if ("record" in outcome) return { ...outcome, record: concealRecord(outcome.record, tokens) };
  return isTheirs && outcome.exchange
    ? { ...outcome, exchange: { ...outcome.exchange, sent: LEFT_OUT, answered: LEFT_OUT } }
    : outcome;
}
