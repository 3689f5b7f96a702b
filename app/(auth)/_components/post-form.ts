"use client";

import { z } from "zod";
import type { ActionResult } from "@/components/page/action-result";

const answerSchema = z.object({ data: z.unknown().optional(), message: z.string().optional() });

/** Sends a form to one of our routes; whatever goes wrong comes back as a sentence. */
export async function postForm<Data>(
  path: string,
  input: object,
  schema: z.ZodType<Data>,
): Promise<ActionResult<Data>> {
  const refused = (formError: string): ActionResult<Data> => ({
    ok: false,
    fieldErrors: {},
    formError,
    errorId: null,
  });
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const answer = answerSchema.parse(await response.json());
    return response.ok
      ? { ok: true, data: schema.parse(answer.data) }
      : refused(answer.message ?? "That did not work. Try again in a moment.");
  } catch {
    return refused("The server could not be reached. Try again in a moment.");
  }
}
