/**
 * Details of people by their look, wherever they stand: an e-mail address, an IBAN, a telephone number with its country. What
 * looks like none of these (a local number in a free text) cannot be known. For pages that keep them from a reader, and for
 * logs, which are nobody's to read them in. A line of JSON is still one after it was masked.
 */
export const HIDDEN = "***";

/** "a***@shop.co.uk": whose domain it is says which firm, not which person. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 1 ? HIDDEN : `${[...address][0] ?? ""}${HIDDEN}${address.slice(at)}`;
}

/** The last two characters, by which somebody who has the number at hand knows it again; none of a short one. */
export function maskNumber(number: string): string {
  const plain = number.replace(/[^\p{L}\p{N}]/gu, "");
  return plain.length < SHOWN_FROM ? HIDDEN : `${HIDDEN}${plain.slice(-2)}`;
}

const SHOWN_FROM = 6;

const EMAIL = /[^\s<>"'(),;:[\]\\]+@[^\s<>"'(),;:@[\]\\]+\.[^\s<>"'(),;:@.[\]\\]{2,}/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g;
const PHONE_WITH_COUNTRY = /(?<![\w.+])\+\d[\d ()/-]{5,}\d/g;

/** The text with what looks like a detail masked. Masked twice, it stays as it is. */
export function maskText(text: string): string {
  return text
    .replace(EMAIL, (address) => maskEmail(address))
    .replace(IBAN, (iban) => maskNumber(iban))
    .replace(PHONE_WITH_COUNTRY, (phone) => maskNumber(phone));
}
