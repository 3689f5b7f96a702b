/** Branding themes: made by people in Xero, so the API only reads them. */
import type { Books } from "../books";
import { perBooks } from "../per-books";
import type { Kept } from "../records";
import type { Table } from "../table";

export interface BrandingTheme extends Kept {
  readonly name: string;
  /** 0 is the organisation's usual theme. */
  readonly sortOrder: number;
}

export const brandingThemes = perBooks<Table<BrandingTheme, BrandingTheme, never>>((books) =>
  books.table("brandingThemes", (theme: BrandingTheme) => theme, {}),
);

/** The themes that every new organisation has. */
export function putUsualThemes(books: Books): void {
  const now = books.now();
  ["Standard", "Special Projects"].forEach((name, sortOrder) => {
    brandingThemes(books).put({ id: books.newId(), createdMs: now, updatedMs: now, name, sortOrder });
  });
}

/** Why a document may not name this theme; null when it may. */
export function brandingProblem(books: Books, asked: string | null | undefined): string | null {
  if (!asked || brandingThemes(books).head(asked.toLowerCase()) !== undefined) return null;
  return `The branding theme '${asked}' does not exist.`;
}
