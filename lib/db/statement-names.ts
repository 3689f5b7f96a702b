import { createHash } from "node:crypto";
import type { SqlQuery } from "@prisma/driver-adapter-utils";

/**
 * Statements that come again and again are prepared once a connection: the server then neither parses nor plans them
 * each time. A list of values makes a text of its own for each length, so long ones stay unprepared: a connection
 * remembers what it prepared for as long as it lives.
 */
const ARGUMENTS_MAX = 16;

/** The name under which a connection keeps this statement prepared; empty for one that is not kept. */
export function nameStatement({ sql, args }: SqlQuery): string {
  if (args.length === 0 || args.length > ARGUMENTS_MAX) return "";
  return createHash("sha1").update(sql).digest("base64url");
}
