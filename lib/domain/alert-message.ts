import { z } from "zod";
import { type AlertItem, alertItemSchema, SEVERITY_WORDS } from "./alert";

/**
 * What one message to one channel says, in the form that each channel takes. Pure: names, links and items in, text out.
 * It knows nothing of who receives it. A webhook's body and headers follow https://www.standardwebhooks.com (the form, not
 * a library), Slack's text https://docs.slack.dev/messaging/formatting-message-text.
 */
export const MESSAGE_KINDS = ["alert", "allClear", "digest", "test"] as const;

export const alertMessageSchema = z.object({
  kind: z.enum(MESSAGE_KINDS),
  items: z.array(alertItemSchema),
});
export type AlertMessage = z.output<typeof alertMessageSchema>;

/** Whose message it is, and where its links lead. */
export interface AlertSender {
  readonly workspaceName: string;
  /** Address of the workspace's pages, without a slash at its end. */
  readonly workspaceUrl: string;
}

/** A message of what a look found: an all clear where everything in it is over. */
export const messageOf = (items: readonly AlertItem[]): AlertMessage => ({
  kind: items.every(({ state }) => state === "over") ? "allClear" : "alert",
  items: [...items],
});

const TEST_SENTENCE = "This is a test. Alerts from Tieout arrive here.";

export function headlineOf({ kind, items }: AlertMessage, { workspaceName }: AlertSender): string {
  const name = workspaceName.replace(/[\p{Cc}\s]+/gu, " ").trim();
  if (kind === "test") return `A test from Tieout for ${name}`;
  const open = items.filter(({ state }) => state === "raised");
  if (open.length === 0) return `All clear for ${name}`;
  const needed = open.some(({ severity }) => severity === "needsYou");
  if (kind === "digest")
    return `The day for ${name}: ${open.length === 1 ? "1 thing" : `${open.length} things`} open`;
  return needed ? `${name} needs you now` : `Worth knowing about ${name}`;
}

/** A line an item: how urgent it is, or that it is over, and the sentence. */
export const linesOf = (message: AlertMessage): string[] =>
  message.kind === "test"
    ? [TEST_SENTENCE]
    : message.items.map((item) => `${labelOf(item)}: ${item.sentence}`);

const labelOf = (item: AlertItem): string => (item.state === "over" ? "Over" : SEVERITY_WORDS[item.severity]);

/** Where the most urgent of it is settled. */
export function linkOf({ items }: AlertMessage, { workspaceUrl }: AlertSender): string {
  const first = items.find(({ state }) => state === "raised") ?? items[0];
  return `${workspaceUrl}/${first?.path ?? "alerts"}`;
}

/** Body of a post to a Slack incoming webhook. Names that people typed carry no markup and call nobody. */
export function slackBodyOf(message: AlertMessage, sender: AlertSender): string {
  const lines = linesOf(message).map((line) => `• ${escapeSlack(line)}`);
  const link = `<${linkOf(message, sender)}|Open Tieout>`;
  return JSON.stringify({
    text: [`*${escapeSlack(headlineOf(message, sender))}*`, ...lines, link].join("\n"),
  });
}

const SLACK_ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escapeSlack = (text: string): string => text.replace(/[&<>]/g, (sign) => SLACK_ENTITIES[sign] ?? sign);

/** Body of a post to a webhook of one's own: the same bytes in every attempt. */
export function webhookBodyOf(
  message: AlertMessage,
  sender: AlertSender,
  delivery: { readonly id: string; readonly createdAt: Date },
): string {
  return JSON.stringify({
    id: delivery.id,
    type: `tieout.${message.kind}`,
    timestamp: delivery.createdAt.toISOString(),
    data: {
      workspace: sender.workspaceName,
      headline: headlineOf(message, sender),
      items: message.items.map(({ path, ...item }) => ({ ...item, url: `${sender.workspaceUrl}/${path}` })),
    },
  });
}
