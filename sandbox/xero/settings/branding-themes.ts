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
