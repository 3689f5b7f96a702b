import type { ChannelKind } from "@/lib/domain/alert";
import { refusalOf } from "@/lib/http/public-address";
import { err, ok, type Result } from "@/lib/kernel/result";

/** Where Slack's incoming webhooks live, that of its government cloud included. */
const SLACK_ORIGINS: ReadonlySet<string> = new Set([
  "https://hooks.slack.com",
  "https://hooks.slack-gov.com",
]);

/** The one part of a sandbox that takes alerts: its other addresses change its records. */
const SANDBOX_PATH = "/alerts/";

/**
 * The address that somebody typed for alerts as it will be called, or what is wrong with it. `sandboxOrigin` is the one
 * origin beside the public ones, null outside of a sandbox. Asks no name server: each call is judged anew.
 */
export function readHookAddress(
  kind: Exclude<ChannelKind, "email">,
  text: string,
  sandboxOrigin: string | null,
): Result<URL, string> {
  const url = URL.parse(text.trim());
  if (url === null) return err("This is no web address. It begins with https://.");
  if (url.username !== "" || url.password !== "") return err("The address may not hold a name or password.");
  if (url.hash !== "") return err("The address ends before any #.");
  if (sandboxOrigin !== null && url.origin === sandboxOrigin)
    return url.pathname.startsWith(SANDBOX_PATH)
      ? ok(url)
      : err(`In the sandbox, an address for alerts begins with ${sandboxOrigin}${SANDBOX_PATH}.`);
  if (kind === "slack" && !SLACK_ORIGINS.has(url.origin))
    return err("An incoming webhook of Slack begins with https://hooks.slack.com/.");
  const refusal = refusalOf(url);
  return refusal === null ? ok(url) : err(refusal);
}
