import { SEVERITY_WORDS } from "@/lib/domain/alert";
import type { AlertChannelView } from "@/lib/domain/views/alerts-view";

export const CHANNEL_WORDS: Readonly<Record<AlertChannelView["kind"], string>> = {
  email: "E-mail",
  slack: "Slack",
  webhook: "Webhook",
};

/** "08:00" */
export const hourWords = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

/** From which severity on, and when, in one line. */
export function whenWords({ severity, digestHour, timeZone }: AlertChannelView): string {
  const what = severity === "worthKnowing" ? "Everything" : `What ${SEVERITY_WORDS.needsYou.toLowerCase()}`;
  if (digestHour === null) return `${what}, at once`;
  return `${what}, once a day at ${hourWords(digestHour)} (${timeZone.replaceAll("_", " ")})`;
}
