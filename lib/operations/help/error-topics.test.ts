import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONNECTOR_ERROR_KINDS } from "@/lib/connectors/contract/connector-error";
import { PROBLEM_CAUSES } from "@/lib/domain/problem";
import { findErrorTopic, listErrorTopics } from "./error-topics";

describe("the help", () => {
  it("has a page for every cause of an exception and every kind of failed call", () => {
    const kinds = listErrorTopics().map(({ kind }) => kind);
    expect(kinds).toEqual([...PROBLEM_CAUSES, ...CONNECTOR_ERROR_KINDS.map((kind) => `connection-${kind}`)]);
    for (const kind of kinds) expect(findErrorTopic(kind)?.kind).toBe(kind);
    expect(findErrorTopic("dragon")).toBeNull();
  });

  it("lists every kind that the type of failed calls has", () => {
    const text = readFileSync("lib/connectors/contract/connector-error.ts", "utf8");
    const union = /export type ConnectorErrorKind =([^;]+);/.exec(text)?.[1] ?? "";
    const kinds = [...union.matchAll(/"(\w+)"/g)].map(([, kind]) => kind);
    expect(kinds.length).toBeGreaterThan(5);
    expect([...CONNECTOR_ERROR_KINDS].sort()).toEqual(kinds.sort());
  });

  it("says of each what the screen says, why it is so and what to do, in titles of their own", () => {
    const topics = listErrorTopics();
    expect(new Set(topics.map(({ title }) => title)).size).toBe(topics.length);
    for (const { kind, says, why, remedy, meanwhile } of topics)
      for (const text of [says, why, remedy, meanwhile]) {
        expect(text.length, kind).toBeGreaterThan(12);
        expect(text, kind).not.toMatch(/""|undefined|\(\)/);
      }
  });
});
