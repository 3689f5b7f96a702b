import { z } from "zod";

/** What the forms of the privacy page take, the same in the browser and on the server. */
const SEARCH_MIN = 3;
const SEARCH_MAX = 200;

export const findPersonSchema = z.object({
  text: z
    .string()
    .trim()
    .min(SEARCH_MIN, "Type at least three characters of the name or the e-mail address.")
    .max(SEARCH_MAX),
});
export type FindPersonValues = z.input<typeof findPersonSchema>;

export const erasePersonSchema = z.object({ key: z.string().min(1).max(500) });
export type ErasePersonValues = z.input<typeof erasePersonSchema>;

export const maskingSchema = z.object({ masksBookkeepers: z.boolean() });
export type MaskingValues = z.input<typeof maskingSchema>;

/** For how many hours support may look in. */
export const SUPPORT_HOURS = [1, 4, 24, 72] as const;
export const supportSchema = z.object({
  hours: z.coerce.number().refine((hours) => SUPPORT_HOURS.some((one) => one === hours), "Choose how long."),
});
export type SupportValues = { hours: number };

export const deleteWorkspaceSchema = z.object({
  confirmation: z.string().trim().min(1, "Type the name of the workspace.").max(100),
});
export type DeleteWorkspaceValues = z.input<typeof deleteWorkspaceSchema>;

export const nothingSchema = z.object({});
