/** What nobody outside knows of TIMS; tests run in each position. */
import type { SwitchDeclarations } from "@/sandbox/kit/switches";

export const TIMS_SWITCHES: SwitchDeclarations = {
  "tims.amounts": {
    about: "How amounts, rates and quantities stand in the JSON: as numbers or as text.",
    positions: ["number", "text"],
    initial: "number",
  },
  "tims.credits": {
    about: "Whether there are lists of credit memos and vendor credits, or 404 in their place.",
    positions: ["listed", "absent"],
    initial: "listed",
  },
};
