/**
 * What became of the records that a record points to. `planned` ones get their ledger id when they are posted, so a
 * preview can be made before anything exists there.
 */
export type ReferenceState =
  | { readonly state: "linked"; readonly ledgerId: string; readonly ledgerCode: string }
  | { readonly state: "planned"; readonly ledgerCode: string }
  | { readonly state: "blocked" }
  /** `reason` is the code of the rule that left it out, where it is known. */
  | { readonly state: "excluded"; readonly reason?: string | null }
  | { readonly state: "absent" };

export interface References {
  contact(sourceId: string): ReferenceState;
  item(sourceId: string): ReferenceState;
  invoice(sourceId: string): ReferenceState;
  creditNote(sourceId: string): ReferenceState;
  bill(sourceId: string): ReferenceState;
  supplierCredit(sourceId: string): ReferenceState;
}
