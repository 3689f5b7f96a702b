import { z } from "zod";

/** Shared by the forms and the routes that answer them. */
export const mailFormSchema = z.object({
  email: z.email("Give an e-mail address.").max(254),
  returnPath: z.string().max(2_000),
});

export const linkSchema = z.object({ token: z.string().min(20).max(200) });

export const codeFormSchema = z.object({
  code: z.string().trim().min(6, "Type the code.").max(40),
  name: z.string().trim().max(80, "At most 80 characters."),
});

/** What the second step answers: the codes to keep, told once. */
export const passedSchema = z.object({ recoveryCodes: z.array(z.string()).nullable() });
