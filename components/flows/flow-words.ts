import type { ConflictRule, VoidRule } from "@/lib/domain/two-sided";
import type { FlowView } from "@/lib/domain/views/flow-view";

/** How the choices about what goes where are said. `source` and `ledger` are the labels of the two systems. */
export interface SystemLabels {
  readonly source: string;
  readonly ledger: string;
}

export const BACK_STATES = [
  { value: "off", words: () => "No" },
  { value: "previewOnly", words: () => "Show me first, post nothing" },
  { value: "live", words: () => "Yes, by itself" },
] as const;

export const conflictWords = (rule: ConflictRule, { source, ledger }: SystemLabels): string =>
  ({
    ask: "Ask me, with both versions side by side",
    sourceWins: `${source} holds`,
    ledgerWins: `${ledger} holds`,
    newestWins: "The newer change holds",
  })[rule];

export const voidWords = (rule: VoidRule, target: string): string =>
  rule === "ask" ? "Ask me" : `Void it in ${target} too`;

/** What goes back of a record type: "New and changed contacts". */
export function backWords(
  { back: { verbs } }: FlowView,
  many: string,
  { source, ledger }: SystemLabels,
): string {
  const parts = [
    ...(verbs.includes("create") ? ["new"] : []),
    ...(verbs.includes("update") ? ["changed"] : []),
    ...(verbs.includes("void") ? ["voided"] : []),
  ];
  const kinds = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts.join();
  return `Do ${kinds} ${many} of ${ledger} go to ${source}?`;
}
