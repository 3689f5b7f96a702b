"use server";

import type { ActionResult } from "@/components/page/action-result";

/** Answers of the states page: it has no books, so every press is refused the way a real refusal looks. */
const REFUSAL = {
  ok: false,
  fieldErrors: {},
  formError: "This page only shows how things look; nothing happens here.",
  errorId: "00000000",
} as const;

export async function refuseStart(): Promise<ActionResult<{ runId: string }>> {
  return REFUSAL;
}

export async function refuseSetup(): Promise<ActionResult<{ pairId: string }>> {
  return REFUSAL;
}

export async function refuseChoice(): Promise<ActionResult<{ connectionId: string }>> {
  return REFUSAL;
}

export async function refuseChange(): Promise<ActionResult<null>> {
  return REFUSAL;
}
