/**
 * How Zoho writes numbers, instants and empty values: amounts as JSON numbers, instants in the
 * organisation's zone without a colon in the offset ("2026-07-01T10:30:00+0100"), nothing as "".
 */
import type { StoredAddress } from "../books/records";

/** A stored decimal as the JSON number that Zoho sends. */
export const amount = (text: string): number => Number(text);

const offsets = new Map<string, string>();

/** A stored instant ("...Z") in a time zone. */
export function zonedTime(instant: string, timeZone: string): string {
  // Offsets change on the hour, so one look-up serves every instant of that hour.
  const key = `${timeZone} ${instant.slice(0, 13)}`;
  const known = offsets.get(key) ?? offsetOf(instant, timeZone);
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, known);
  const sign = known.startsWith("-") ? -1 : 1;
  const minutes = sign * (Number(known.slice(1, 3)) * 60 + Number(known.slice(3, 5)));
  return `${new Date(Date.parse(instant) + minutes * 60_000).toISOString().slice(0, 19)}${known}`;
}

/** "+0100" */
function offsetOf(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(
    new Date(instant),
  );
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT" ? "+0000" : name.replace("GMT", "").replace(":", "");
}

/** Today in the organisation's zone. */
export function zonedDate(now: Date, timeZone: string): string {
  return zonedTime(now.toISOString(), timeZone).slice(0, 10);
}

export function addressWire(address: StoredAddress) {
  return {
    address: address.address ?? "",
    street2: address.street2 ?? "",
    city: address.city ?? "",
    state: address.state ?? "",
    zip: address.zip ?? "",
    country: address.country ?? "",
    fax: address.fax ?? "",
    phone: address.phone ?? "",
    attention: address.attention ?? "",
  };
}
