import { z } from "zod";
import { ALERT_SEVERITIES } from "./alert";

/** What the forms of the alerts take, the same in the browser and on the server. */
const HOURS = 24;

const whenFields = {
  severity: z.enum(ALERT_SEVERITIES),
  rhythm: z.enum(["atOnce", "daily"]),
  hour: z.coerce
    .number<string | number>("Choose an hour.")
    .int()
    .min(0)
    .max(HOURS - 1),
  timeZone: z.string().max(100).refine(isTimeZone, "Choose a time zone."),
};

const ADDRESS_CHARACTERS_MAX = 1_000;
const addressField = z.string().trim().min(1, "Give the address.").max(ADDRESS_CHARACTERS_MAX);

export const addChannelSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("email"), userId: z.uuid("Choose a member."), ...whenFields }),
  z.object({ kind: z.literal("slack"), address: addressField, ...whenFields }),
  z.object({ kind: z.literal("webhook"), address: addressField, ...whenFields }),
]);
export type AddChannelInput = z.input<typeof addChannelSchema>;
export type AddChannelValues = z.output<typeof addChannelSchema>;

export const changeChannelSchema = z.object({ channelId: z.uuid(), ...whenFields });
export type ChangeChannelInput = z.input<typeof changeChannelSchema>;
export type ChangeChannelValues = z.output<typeof changeChannelSchema>;

export const channelIdSchema = z.object({ channelId: z.uuid() });

export type WhenValues = Pick<ChangeChannelValues, "severity" | "rhythm" | "hour" | "timeZone">;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
