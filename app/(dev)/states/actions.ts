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

export async function refuseForm(): Promise<ActionResult<never>> {
  return REFUSAL;
}

export async function refuseSetup(): Promise<ActionResult<{ pairId: string }>> {
  return REFUSAL;
}

export async function refuseCount(): Promise<ActionResult<{ runId: string }>> {
  return REFUSAL;
}

export async function refuseChoice(): Promise<ActionResult<{ connectionId: string }>> {
  return REFUSAL;
}

/** For any action of the exceptions' pages: what they answer otherwise is of no matter here. */
export async function refuseExceptions(): Promise<ActionResult<never>> {
  return REFUSAL;
}

export async function refuseChange(): Promise<ActionResult<null>> {
  return REFUSAL;
}

export async function refuseTieOut(): Promise<ActionResult<{ requestedAt: string }>> {
  return REFUSAL;
}
