import { describe, expect, it } from "vitest";
import type { SetupQuestion, SetupView } from "@/lib/domain/views/setup-view";
import { startingValues, toSetupChoices, unansweredNames } from "./setup-values";

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
