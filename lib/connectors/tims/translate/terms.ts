import { unreadable } from "@/lib/connectors/contract/unreadable";
import { type LocalDate, parseLocalDate } from "@/lib/domain/local-date";
import type { Decimal } from "@/lib/kernel/decimal";

/**
 * The day on which a document of certain terms is due. Days are TIMS' own number where it states one; the words beside them
 * are read in the forms that trade uses ("Net 30", "30 days EOM", "EOM + 15", "Due on receipt", "2/10 Net 30", whose discount
 * is the payer's to take). Words of another form are not guessed at: a wrong day would chase a customer who owes nothing yet.
 */
export interface Terms {
  readonly paymentTermsDays: Decimal | null;
  /** "" where there are none. */
  readonly paymentTerms: string;
}

/** Without any terms it is due at once. Throws UnreadableRecord for words that are none of the known forms. */
export function dueDateOf(
  date: LocalDate,
  { paymentTermsDays, paymentTerms }: Terms,
  what: string,
): LocalDate {
  const words = paymentTerms.toLowerCase().replace(/\s+/g, " ").trim();
  const isEndOfMonth = END_OF_MONTH.test(words);
  const days =
    paymentTermsDays === null ? daysIn(words) : Math.max(0, Math.trunc(paymentTermsDays.toNumber()));
  if (days === null)
    throw unreadable(
      "paymentTerms",
      what,
      `"${paymentTerms.slice(0, 40)}" are no terms that Tieout knows, for example Net 30, 30 days EOM or Due on receipt`,
    );
  return addDays(isEndOfMonth ? endOfMonth(date) : date, days);
}

const END_OF_MONTH = /\b(eom|end of (the )?month)\b/;
const DISCOUNT = /^\d+(\.\d+)?( ?%| ?\/) ?\d+( days)?,? /;
const AT_ONCE = /^(due )?(on|upon) receipt$|^(cod|cash on delivery|due at once|prepaid|immediate)$/;
const NET = /^(?:net|n\/?)? ?(\d{1,3})(?: ?days?)?(?: net)?$/;

/** Null for words of an unknown form; none stand for none. */
function daysIn(words: string): number | null {
  const rest = words
    .replace(DISCOUNT, "")
    .replace(END_OF_MONTH, "")
    .replace(/\b(after|from|plus|of|the)\b|[+]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (rest === "" || rest === "net" || AT_ONCE.test(rest)) return 0;
  const [, days] = NET.exec(rest) ?? [];
  return days === undefined ? null : Number(days);
}

function addDays(date: LocalDate, days: number): LocalDate {
  const due = new Date(`${date}T00:00:00Z`);
  due.setUTCDate(due.getUTCDate() + days);
  return dayOf(due);
}

function endOfMonth(date: LocalDate): LocalDate {
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + 1);
  first.setUTCDate(0);
  return dayOf(first);
}

const dayOf = (instant: Date): LocalDate => parseLocalDate(instant.toISOString().slice(0, 10));
