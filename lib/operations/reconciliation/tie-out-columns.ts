/** What a line of the tie-out by kind is made of, in the order and by the words of the page, for the files that are made of it. */
export const TIE_OUT_COLUMNS = [
  { part: "source", title: "Source" },
  { part: "ledger", title: "Ledger" },
  { part: "excluded", title: "Left out by rule" },
  { part: "exceptions", title: "Need you" },
  { part: "waiting", title: "Not posted yet" },
  { part: "accepted", title: "Accepted" },
  { part: "discrepancies", title: "Unexplained" },
] as const;
