/** A kind of record that files and notes hang on, and what they need to know of one. */
import type { Books } from "../books";

export interface PaperKind {
  /** "Invoices" */
  readonly plural: string;
  /** The scope of the record itself, which its history shares. */
  readonly scope: string;
  readonly holdsFiles: boolean;
  readonly holdsHistory: boolean;
  find(books: Books, id: string): PaperTarget | undefined;
}

/** What the paperwork of a record needs to know of it. */
export interface PaperTarget {
  readonly createdMs: number;
  readonly status?: string;
  /** False for what a person typed in Xero. */
  readonly byApp?: boolean;
  readonly number?: string;
  readonly contactId?: string;
  readonly total?: string;
}
