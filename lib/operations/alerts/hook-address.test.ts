import { expect, test } from "vitest";
import { readHookAddress } from "./hook-address";

const SANDBOX = "http://localhost:4010";
const read = (kind: "slack" | "webhook", text: string, sandbox: string | null = null): string => {
  const result = readHookAddress(kind, text, sandbox);
  return result.ok ? result.value.href : `refused: ${result.error}`;
};

test("a public https address is taken with its query, and a Slack address at Slack alone", () => {
  expect(read("webhook", " https://hooks.example.com/in?key=1 ")).toBe("https://hooks.example.com/in?key=1");
  expect(read("slack", "https://hooks.slack.com/services/T/B/x")).toBe(
    "https://hooks.slack.com/services/T/B/x",
  );
  expect(read("slack", "https://hooks.slack.com.evil.example/services/T")).toMatch(/^refused: An incoming/);
});

test.each([
  "http://hooks.example.com/in",
  "https://127.0.0.1/in",
  "https://2130706433/in",
  "https://[::1]/in",
  "https://169.254.169.254/latest/meta-data",
  "https://10.0.0.8/in",
  "https://metadata.internal/in",
  "https://localhost/in",
  "https://hooks.example.com:22/in",
  "https://user:secret@hooks.example.com/in",
  "https://hooks.example.com/in#part",
  `${SANDBOX}/alerts/webhook`,
  "hooks.example.com/in",
])("%s is refused", (address) => {
  expect(read("webhook", address)).toMatch(/^refused: /);
});

test("in a sandbox its own part for alerts is taken, and none of its other addresses", () => {
  expect(read("slack", `${SANDBOX}/alerts/slack`, SANDBOX)).toBe(`${SANDBOX}/alerts/slack`);
  expect(read("webhook", `${SANDBOX}/control/reset`, SANDBOX)).toMatch(/^refused: In the sandbox/);
});
