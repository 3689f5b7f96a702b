import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";

/** Pure rules of a source: nothing is ever written there, so nothing is prepared, refused or predicted. */
export const zohoBooksRules: ConnectorRules = {
  prepare: (record) => ({ record, warnings: [] }),
  isMarker: () => false,
  preflight: () => [],
  predict: () => null,
  encodedBytes: () => 0,
  naturalKey,
  // Addresses of Zoho's web app name the data centre and the organisation, which a record alone does not.
  link: () => null,
};

function naturalKey(record: CanonicalRecord): string {
  switch (record.recordType) {
    case "contact":
      return plain(record.name);
    case "item":
      return plain(record.code === "" ? record.name : record.code);
    case "invoice":
    case "creditNote":
      return plain(record.number);
    case "allocation":
      return plain(`${record.creditNoteNumber} ${record.invoiceNumber}`);
    case "payment":
      return plain(`${record.paymentNumber} ${record.invoiceNumber}`);
    case "overpayment":
      return plain(record.paymentNumber);
  }
}

const plain = (text: string): string => text.trim().replace(/\s+/g, " ").toLowerCase();
