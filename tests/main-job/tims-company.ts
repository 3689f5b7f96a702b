import type { SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { sandboxAddresses } from "@/sandbox/addresses";
import { TIMS_CLIENT } from "@/sandbox/tims/tokens";
import type { ProductWorld } from "../setup/product-world";

/** The gas supplier in the simulated TIMS, connected by its form, and what its owner answers in the set-up. */
export async function openTimsCompany(world: ProductWorld): Promise<WorkspaceAccess> {
  const access = await world.owner.signUp("olivia@severngas.test");
  await world.owner.connect(access, "xero", "global");
  return access;
}

/** Fills in the form that connects TIMS, with some fields as given. */
export async function connectTims(
  world: ProductWorld,
  access: WorkspaceAccess,
  change: Readonly<Record<string, string>> = {},
) {
  const { connectByForm } = await import("@/lib/operations/connections/connect-by-form");
  const { address } = sandboxAddresses(world.sandbox.origin).tims;
  return connectByForm(access, { connectorId: "tims", values: { address, ...TIMS_CLIENT, ...change } });
}

/** By the names of the owner's chart; branches are not tracked. */
const CHOSEN: Readonly<Record<string, string>> = {
  Depreciation: "429",
  "Inventory Adjustments": "310",
  "Wages and Salaries": "429",
  "Accumulated Depreciation": "630",
  "Wages Payable": "835",
};

export const chooseForTims = (question: SetupQuestion): string | null =>
  question.chosenKey ?? question.suggestedKey ?? CHOSEN[question.sourceLabel] ?? null;
