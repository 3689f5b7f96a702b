import { z } from "zod";
import { GIVEN_ROLES } from "./permissions";

/** What the forms of the team take, the same in the browser and on the server. */
export const inviteSchema = z.object({
  email: z.email("Give an e-mail address.").max(254),
  role: z.enum(GIVEN_ROLES),
});
export type InviteValues = z.input<typeof inviteSchema>;

const ADDRESSES_CHARACTERS_MAX = 5_000;

/** One address or range a line; whether each is one is the operation's to say. */
export const allowedAddressesSchema = z.object({ lines: z.string().max(ADDRESSES_CHARACTERS_MAX) });
export type AllowedAddressesValues = z.input<typeof allowedAddressesSchema>;

export const transferSchema = z.object({
  userId: z.uuid("Choose who gets it."),
  confirmation: z.string().trim().min(1, "Type the name of the workspace.").max(100),
});
export type TransferValues = z.input<typeof transferSchema>;
