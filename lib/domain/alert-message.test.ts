import { expect, test } from "vitest";
import {
  type AlertMessage,
  headlineOf,
  linesOf,
  linkOf,
  messageOf,
  slackBodyOf,
  webhookBodyOf,
} from "./alert-message";
import { itemOf } from "./alert-rounds";

const AT = new Date("2026-11-21T12:00:00Z");
const sender = { workspaceName: "Tide & <Water>\nLtd", workspaceUrl: "https://tieout.example/tide" };
const raised = itemOf(
  "00000000-0000-4000-8000-000000000001",
  { kind: "exceptions", subject: "p", name: "Zoho", count: 2 },
  "raised",
  AT,
);
const over = itemOf(
  "00000000-0000-4000-8000-000000000002",
  { kind: "connectionLost", subject: "c", name: "Xero <!channel>", count: 1 },
  "over",
  AT,
);

test("a message leads to what is open and most urgent, and says how urgent each thing is", () => {
  const message = messageOf([over, raised]);
  expect(message.kind).toBe("alert");
  expect(headlineOf(message, sender)).toBe("Tide & <Water> Ltd needs you now");
  expect(linesOf(message)).toEqual([
    "Over: Xero <!channel> is connected again, or is no longer needed.",
    "Needs you now: 2 records from Zoho could not be posted and wait for you.",
  ]);
  expect(linkOf(message, sender)).toBe("https://tieout.example/tide/exceptions");
});

test("a message of what is over is an all clear, and a test says that it is one", () => {
  expect(messageOf([over]).kind).toBe("allClear");
  expect(headlineOf(messageOf([over]), sender)).toBe("All clear for Tide & <Water> Ltd");
  const trial: AlertMessage = { kind: "test", items: [] };
  expect(linesOf(trial)).toEqual(["This is a test. Alerts from Tieout arrive here."]);
  expect(linkOf(trial, sender)).toBe("https://tieout.example/tide/alerts");
});

test("a name that somebody typed is no markup in Slack and calls nobody", () => {
  const { text } = JSON.parse(slackBodyOf(messageOf([over]), sender));
  expect(text).toContain("*All clear for Tide &amp; &lt;Water&gt; Ltd*");
  expect(text).toContain("Xero &lt;!channel&gt;");
});

test("a webhook's body is the same bytes in every attempt and has a link for each item", () => {
  const delivery = { id: "d1", createdAt: AT };
  const body = webhookBodyOf(messageOf([raised]), sender, delivery);
  expect(webhookBodyOf(messageOf([raised]), sender, delivery)).toBe(body);
  expect(JSON.parse(body)).toMatchObject({
    id: "d1",
    type: "tieout.alert",
    timestamp: "2026-11-21T12:00:00.000Z",
    data: { items: [{ kind: "exceptions", count: 2, url: "https://tieout.example/tide/exceptions" }] },
  });
});
