import { z } from "zod";
import { wireId, wireText } from "@/lib/connectors/contract/wire-values";

/**
 * A row of clientSearch. `ClientStatus` with the value Active is known; Inactive and Prospect are from TimeSolv's help
 * pages; the other fields' names are our own assumption, so all but the name may be missing.
 */
export const wireClientSchema = z.object({
  Id: wireId,
  /** Spaces count: two in a row tell one client from another. */
  ClientName: z.string().refine((name) => name.trim() !== "", "it is empty"),
  ClientStatus: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.enum(["active", "inactive", "prospect"])),
  FirstName: wireText,
  LastName: wireText,
  Email: wireText,
  Phone: wireText,
  Address1: wireText,
  Address2: wireText,
  City: wireText,
  State: wireText,
  Zip: wireText,
  Country: wireText,
});
export type WireClient = z.output<typeof wireClientSchema>;
