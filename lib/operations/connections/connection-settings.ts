import { z } from "zod";
import type { ConnectionValues } from "@/lib/domain/connection-field";

const settingsSchema = z.record(z.string(), z.string());

/** The column `settings` of a connection: what was typed and is no secret. */
export const readSettings = (column: unknown): ConnectionValues => settingsSchema.parse(column);
