import { MAPPING_WORDS, type MappingRow } from "@/lib/domain/views/client-sync-view";
import type { Cell, Sheet } from "../export/write-workbook";

/**
 * The review as a sheet: what the download, the sample and the upload agree on. A person changes the ledger's column alone;
 * the id says which client a row is about, however its name was changed meanwhile.
 */
export const MAPPING_SHEET = "Client mappings";
/** A file with more rows is not taken back; whoever has more deletes those that they did not change. */
const MAPPING_ROWS_MAX = 50_000;

export interface SheetLabels {
  readonly sourceLabel: string;
  readonly ledgerLabel: string;
}

export const sourceTitle = ({ sourceLabel }: SheetLabels): string => `${sourceLabel} client`;
export const ledgerTitle = ({ ledgerLabel }: SheetLabels): string => `${ledgerLabel} contact`;
export const idTitle = ({ sourceLabel }: SheetLabels): string => `${sourceLabel} ID`;

const COLUMNS_MAX = 20;
export const MAPPING_LIMITS = { sheet: MAPPING_SHEET, rowsMax: MAPPING_ROWS_MAX, columnsMax: COLUMNS_MAX };

export const columnsOf = (labels: SheetLabels): Sheet["columns"] => [
  { title: sourceTitle(labels), width: 36 },
  { title: ledgerTitle(labels), width: 36 },
  { title: "Status", width: 30 },
  { title: "Remark", width: 90 },
  { title: idTitle(labels), width: 20 },
];

/** What a sheet shows of a row. */
export type MappingCells = Pick<
  MappingRow,
  "status" | "sourceName" | "sourceExternalId" | "ledgerName" | "remark"
>;

export const cellsOf = (row: MappingCells): readonly Cell[] => [
  row.sourceName,
  row.ledgerName,
  MAPPING_WORDS[row.status],
  row.remark,
  row.sourceExternalId,
];
