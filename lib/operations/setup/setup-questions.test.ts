import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LedgerAccount, ReferenceData } from "@/lib/domain/reference-data";
import type { SetupQuestion, SetupSection } from "@/lib/domain/views/setup-view";
import { decimal } from "@/lib/kernel/decimal";
import { buildValueMaps } from "@/lib/mapping/value-maps";
import {
  aBank,
  anAccount,
  aTaxRate,
  ledgerReference,
  sourceReference,
} from "@/tests/builders/reference-data";
import { buildSections, questionKey } from "./setup-questions";

const ask = (
  source: Partial<ReferenceData> = {},
  ledger: Partial<ReferenceData> = {},
  chosen: ReadonlyMap<string, string | null> = new Map(),
): SetupSection[] => buildSections(sourceReference(source), ledgerReference(ledger), chosen);

const questionsOf = (sections: readonly SetupSection[], kind?: SetupQuestion["kind"]): SetupQuestion[] =>
  sections.flatMap((section) => section.questions).filter((one) => kind === undefined || one.kind === kind);

const TRACKING = {
  trackingCategories: [
    { key: "c", name: "Region", active: true, options: [{ key: "o", name: "North", active: true }] },
  ],
};

describe("questions", () => {
  test("are asked once for every value that a document of the source can bear", () => {
    const keys = questionsOf(ask(TRACKING, TRACKING)).map((one) => questionKey(one.kind, one.sourceKey));
    expect(keys).toEqual([
      "account:z-sales",
      "account:z-fees",
      "account:",
      "paymentAccount:z-bank",
      "tax:z-vat20@sales",
      "tax:z-vat5@sales",
      "tax:@sales",
      "tax:z-vat20@purchases",
      "tax:z-vat5@purchases",
      "tax:@purchases",
      "rounding:account",
      "tracking:o",
    ]);
  });

  test("are not asked of accounts that are switched off, the system's own, or never on a sale", () => {
    const accounts = [
      anAccount({ key: "off", active: false }),
      anAccount({ key: "system", isSystem: true }),
      anAccount({ key: "stock", accountClass: "asset" }),
    ];
    expect(questionsOf(ask({ accounts }), "account").map((one) => one.sourceKey)).toEqual([""]);
    expect(questionsOf(ask({ accounts }), "paymentAccount")).toEqual([]);
  });

  test("are asked of an account and a tax that records wait on, although the source has switched them off", () => {
    const source = sourceReference({
      accounts: [
        anAccount({ key: "off", active: false }),
        anAccount({ key: "other", active: false }),
        anAccount({ key: "loan", name: "Director's loan", accountClass: "liability" }),
      ],
      taxRates: [aTaxRate({ key: "old", active: false })],
    });
    const waiting = {
      accounts: new Set(["off", "loan"]),
      taxes: new Set(["old"]),
      paymentAccounts: new Set(["loan"]),
    };
    const sections = buildSections(source, ledgerReference(), new Map(), waiting);
    expect(questionsOf(sections, "account").map((one) => [one.sourceKey, one.hint])).toEqual([
      ["off", "Income"],
      ["loan", "Liability"],
      ["", "Cost"],
    ]);
    expect(questionsOf(sections, "paymentAccount").map((one) => one.sourceKey)).toEqual(["loan"]);
    expect(questionsOf(sections, "tax").map((one) => one.sourceKey)).toContain("old@sales");
  });

  test("of tracking are left out where one side has none", () => {
    expect(questionsOf(ask(TRACKING), "tracking")).toEqual([]);
    expect(questionsOf(ask({}, TRACKING), "tracking")).toEqual([]);
  });

  test("must be answered where every sale needs them, and may stay open elsewhere", () => {
    const required = questionsOf(ask(TRACKING, TRACKING)).filter((one) => !one.optional);
    expect(required.map((one) => questionKey(one.kind, one.sourceKey))).toEqual([
      "account:z-sales",
      "paymentAccount:z-bank",
      "rounding:account",
    ]);
  });
});

describe("options", () => {
  test("hold no account that the ledger would refuse", () => {
    const accounts = [
      anAccount({ key: "ok" }),
      anAccount({ key: "off", active: false }),
      anAccount({ key: "system", isSystem: true }),
      aBank({ key: "bank" }),
      aBank({ key: "closed", active: false }),
    ];
    const sections = ask({}, { accounts });
    expect(questionsOf(sections, "account")[0]?.options.map((one) => one.key)).toEqual(["ok"]);
    expect(questionsOf(sections, "rounding")[0]?.options.map((one) => one.key)).toEqual(["ok"]);
    expect(questionsOf(sections, "paymentAccount")[0]?.options.map((one) => one.key)).toEqual(["bank"]);
  });

  test("hold the ledger's own tax account where journals alone can mean it", () => {
    const accounts = [
      anAccount({ key: "ok" }),
      anAccount({ key: "tax", isSystem: true, takesJournals: true }),
      anAccount({ key: "debtors", isSystem: true, takesJournals: false }),
    ];
    const loan = anAccount({ key: "loan", accountClass: "liability" });
    const waiting = {
      accounts: new Set(["loan"]),
      taxes: new Set<string>(),
      paymentAccounts: new Set<string>(),
    };
    const [asked, ...others] = questionsOf(
      buildSections(sourceReference({ accounts: [loan] }), ledgerReference({ accounts }), new Map(), waiting),
      "account",
    );
    expect(asked?.options.map(({ key }) => key)).toEqual(["ok", "tax"]);
    expect(others.map(({ options }) => options.map(({ key }) => key))).toEqual([["ok"]]);
  });

  test("of a tax are the active rates of its side", () => {
    const taxRates = [
      aTaxRate({ key: "sale" }),
      aTaxRate({ key: "old", active: false }),
      aTaxRate({ key: "cost", appliesTo: ["expense"] }),
    ];
    const offered = questionsOf(ask({}, { taxRates }), "tax").map((one) => one.options.map(({ key }) => key));
    expect(offered).toEqual([["sale"], ["sale"], ["sale"], ["cost"], ["cost"], ["cost"]]);
  });

  test("of tracking are active options of active categories, suggested by the same name alone", () => {
    const option = (key: string, name: string, active = true) => ({ key, name, active });
    const ledger = {
      trackingCategories: [
        {
          key: "L",
          name: "Region",
          active: true,
          options: [option("n", "North"), option("s", "South", false)],
        },
        { key: "M", name: "Old", active: false, options: [option("x", "X")] },
      ],
    };
    const [question] = questionsOf(ask(TRACKING, ledger), "tracking");
    expect(question?.options).toEqual([{ key: "L/n", label: "Region: North" }]);
    expect(question?.suggestedKey).toBe("L/n");
  });
});

test("an account for payments says which account of its name is still closed to them, and no longer once it is open", () => {
  const source = { accounts: [aBank({ key: "trust", name: "Client trust account" })] };
  const trust = anAccount({ key: "805", name: "Client Trust Account", accountClass: "liability" });
  const hintWith = (account: Partial<LedgerAccount>) =>
    questionsOf(
      ask(source, {
        accounts: [aBank({ key: "090", name: "Business bank" }), anAccount({ ...trust, ...account })],
      }),
      "paymentAccount",
    )[0]?.hint;
  expect(hintWith({ acceptsPayments: false })).toContain(
    "“Client Trust Account” in your books is called like it and takes no payments yet",
  );
  expect(hintWith({ acceptsPayments: true })).toBe("");
  expect(hintWith({ acceptsPayments: false, name: "Wages payable" })).toBe("");
});

test("a choice is shown on its own question, and on no other of the same key", () => {
  const chosen = new Map([[questionKey("account", "z-sales"), "200"]]);
  const answers = questionsOf(ask({}, {}, chosen)).filter((one) => one.chosenKey !== null);
  expect(answers.map((one) => [one.kind, one.sourceKey, one.chosenKey])).toEqual([
    ["account", "z-sales", "200"],
  ]);
});

test("a choice that the ledger no longer offers is asked again", () => {
  const chosen = new Map([[questionKey("account", "z-sales"), "gone"]]);
  expect(questionsOf(ask({}, {}, chosen), "account")[0]?.chosenKey).toBeNull();
});

const flag = fc.boolean();
const account = (index: number) =>
  fc
    .record({
      name: fc.constantFrom("Sales", "Rounding", "Bank fees", "Shipping", "Petty cash", "Zebra"),
      accountClass: fc.constantFrom("income" as const, "expense" as const, "asset" as const),
      isBank: flag,
      acceptsPayments: flag,
      active: flag,
      isSystem: flag,
      currency: fc.constantFrom("GBP", "EUR", null),
    })
    .map((fields) => anAccount({ key: `a${index}`, ...fields }));
const accounts = fc.tuple(...[0, 1, 2, 3, 4, 5].map(account));
const taxRates = fc
  .array(fc.record({ percent: fc.constantFrom("0", "5", "20"), isNoTax: flag, active: flag, cost: flag }), {
    maxLength: 5,
  })
  .map((all) =>
    all.map(({ percent, cost, ...fields }, index) =>
      aTaxRate({
        key: `t${index}`,
        ratePercent: decimal(percent),
        appliesTo: [cost ? "expense" : "income"],
        ...fields,
      }),
    ),
  );

test("whatever both systems have, keys are unique and every suggestion is one that may be chosen, with a reason", () => {
  fc.assert(
    fc.property(
      accounts,
      taxRates,
      accounts,
      taxRates,
      (sourceAccounts, sourceTaxes, ledgerAccounts, ledgerTaxes) => {
        const questions = questionsOf(
          ask(
            { accounts: sourceAccounts, taxRates: sourceTaxes },
            { accounts: ledgerAccounts, taxRates: ledgerTaxes },
          ),
        );
        const keys = questions.map((one) => questionKey(one.kind, one.sourceKey));
        expect(new Set(keys).size).toBe(keys.length);
        for (const question of questions) {
          expect(question.suggestedKey === null).toBe(question.suggestedBecause === null);
          if (question.suggestedKey !== null)
            expect(question.options.map((option) => option.key)).toContain(question.suggestedKey);
        }
      },
    ),
  );
});

test("accepting every suggestion maps everything that the demo's documents need", () => {
  const rows = questionsOf(ask()).map((one) => ({
    kind: one.kind,
    sourceKey: one.sourceKey,
    sourceLabel: one.sourceLabel,
    targetKey: one.suggestedKey,
  }));
  const maps = buildValueMaps(rows, "approved", ledgerReference());
  expect(maps.account.get("z-sales")).toBe("200");
  expect(maps.tax.get("z-vat20@sales")).toBe("OUTPUT20");
  expect(maps.tax.get("z-vat20@purchases")).toBe("INPUT20");
  expect(maps.tax.get("@sales")).toBe("NONE");
  expect(maps.paymentAccount.get("z-bank")).toBe("090");
});
