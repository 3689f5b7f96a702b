import { describe, expect, it } from "vitest";
import type { SetupQuestion, SetupView } from "@/lib/domain/views/setup-view";
import {
  fromSetupDraft,
  startingValues,
  toSetupChoices,
  toSetupDraft,
  unansweredNames,
} from "./setup-values";

const aQuestion = (given: Partial<SetupQuestion>): SetupQuestion => ({
  kind: "account",
  sourceKey: "460.1",
  sourceLabel: "Sales",
  hint: "",
  options: [{ key: "200", label: "200 Sales" }],
  suggestedKey: null,
  suggestedBecause: null,
  chosenKey: null,
  optional: false,
  ...given,
});

const aView = (questions: SetupQuestion[], confirmed = false): SetupView => ({
  missing: [],
  sourceName: "Shop",
  ledgerName: "Books",
  refusal: null,
  confirmed,
  documentStatus: { chosen: null, suggested: "draft" },
  sections: [{ kind: "account", title: "Accounts", explanation: "", questions }],
});

describe("the set-up's fields", () => {
  it("start with what a person chose, then with the suggestion, then empty", () => {
    const view = aView([
      aQuestion({ chosenKey: "200", suggestedKey: "260" }),
      aQuestion({ suggestedKey: "260" }),
      aQuestion({}),
    ]);
    expect(startingValues(view).choices).toEqual({ question0: "200", question1: "260", question2: "" });
  });

  it("do not bring a suggestion back where a person left the field empty and confirmed", () => {
    expect(startingValues(aView([aQuestion({ suggestedKey: "260", optional: true })], true)).choices).toEqual(
      {
        question0: "",
      },
    );
  });

  it("send an empty choice as none and keep a source key with dots whole", () => {
    const view = aView([aQuestion({ optional: true })]);
    expect(toSetupChoices(view, startingValues(view))).toEqual({
      documentStatus: "draft",
      choices: [{ kind: "account", sourceKey: "460.1", targetKey: null }],
    });
  });

  it("miss only answers that are not optional", () => {
    const view = aView([aQuestion({}), aQuestion({ optional: true }), aQuestion({ suggestedKey: "200" })]);
    expect(unansweredNames(view, startingValues(view))).toEqual(["question0"]);
  });
});

describe("a draft of the set-up", () => {
  const question = aQuestion({ sourceKey: "1", suggestedKey: "200" });
  const other = aQuestion({
    sourceKey: "2",
    options: [
      { key: "200", label: "200 Sales" },
      { key: "260", label: "260 Other" },
    ],
  });

  it("comes back to its question, though others came before it meanwhile", () => {
    const before = aView([other]);
    const draft = toSetupDraft(before, { ...startingValues(before), choices: { question0: "260" } });
    const stored: unknown = JSON.parse(JSON.stringify(draft));
    expect(fromSetupDraft(aView([question, other]), stored)?.choices).toEqual({
      question0: "200",
      question1: "260",
    });
  });

  it("keeps an answer that was taken away, and leaves out one that is no longer offered", () => {
    const view = aView([question, other]);
    const draft = toSetupDraft(view, {
      ...startingValues(view),
      choices: { question0: "", question1: "999" },
    });
    expect(fromSetupDraft(view, draft)?.choices).toEqual({ question0: "", question1: "" });
  });

  it("is none where somebody else wrote it", () => {
    expect(fromSetupDraft(aView([question]), { choices: 3 })).toBeNull();
  });
});
