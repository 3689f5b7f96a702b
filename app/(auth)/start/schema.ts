import { z } from "zod";

const NAME_CHARACTERS_MAX = 80;

/** Shared by the form and the action. */
export const workspaceSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give your business a name.")
    .max(NAME_CHARACTERS_MAX, `At most ${NAME_CHARACTERS_MAX} characters.`),
  termsAccepted: z.boolean().refine((accepted) => accepted, "Accept the terms to go on."),
});

export type WorkspaceFormValues = z.input<typeof workspaceSchema>;
