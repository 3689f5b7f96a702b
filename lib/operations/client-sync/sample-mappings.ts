import type { MappingCells } from "./mapping-sheet";

/** An invented review with a row of each status, so that a person knows what to look for before there is one of their own. */
export const SAMPLE_MAPPINGS: readonly MappingCells[] = [
  {
    status: "needsYou",
    sourceName: "Orchard & Lane Ltd",
    ledgerName: "",
    sourceExternalId: "1001",
    remark:
      "It may be Orchard and Lane Limited. Write that name in the contact's column if it is the same client.",
  },
  {
    status: "toAdd",
    sourceName: "Ruth _Adler",
    ledgerName: "",
    sourceExternalId: "1002",
    remark: "There is no such contact yet. Two spaces in the client's name became a space and an underscore.",
  },
  {
    status: "matched",
    sourceName: "Ruth Adler",
    ledgerName: "Ruth Adler",
    sourceExternalId: "1003",
    remark: "Same name: Ruth Adler. Empty the contact's column if it is somebody else.",
  },
  {
    status: "mapped",
    sourceName: "Kestrel Joinery",
    ledgerName: "Kestrel Joinery (York)",
    sourceExternalId: "1004",
    remark: "Confirmed before: the two stay one, whatever either is called later.",
  },
  {
    status: "ledgerOnly",
    sourceName: "",
    ledgerName: "City Stationers",
    sourceExternalId: "",
    remark: "No client: nothing happens to it.",
  },
];
