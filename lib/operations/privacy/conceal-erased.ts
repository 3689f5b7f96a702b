import type { Connector, QuarantinedRecord, WriteOutcome } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { concealRecord } from "@/lib/domain/erased-person";
import { namesContact } from "@/lib/domain/erased-person-ids";
import type { RecordType } from "@/lib/domain/record-type";

export interface ErasedContact {
  readonly externalId: string;
  readonly token: string;
}

/**
 * The connector as it is where nobody was erased; else one that gives every record of an erased person under their token,
 * whatever asks for it, so that no table gets the details back by the next reading. Rows kept aside that name them come
 * without their content. A settlement has no contact or the other system's, so that nobody can tell here whose it is: what
 * was sent and answered for one is left out as soon as anybody of the connection was erased.
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
            isAbout(row, erased) ? { ...row, payload: null } : row,
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
          isSettlement(record) || tokens.has("contactId" in record ? record.contactId : record.externalId)
            ? [intentId]
            : [],
        ),
      );
      return (await connector.apply(request)).map((outcome) =>
        concealOutcome(outcome, tokens, isTheirs.has(outcome.intentId)),
      );
    },
  };
}

const isAbout = (row: QuarantinedRecord, erased: readonly ErasedContact[]): boolean =>
  erased.some(
    ({ externalId }) =>
      (row.recordType === "contact" && row.externalId === externalId) ||
      namesContact(row.payload, externalId),
  );

const SETTLEMENTS: ReadonlySet<RecordType> = new Set([
  ...(["allocation", "payment", "overpayment"] as const),
  ...(["supplierAllocation", "billPayment", "supplierOverpayment"] as const),
]);
const isSettlement = ({ recordType }: CanonicalRecord): boolean => SETTLEMENTS.has(recordType);

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
