/** What nobody outside knows of TIMS; tests run in each position. */
import type { SwitchDeclarations } from "@/sandbox/kit/switches";

export const TIMS_SWITCHES: SwitchDeclarations = {
  "tims.amounts": {
    about: "How amounts, rates and quantities stand in the JSON: as numbers or as text.",
    positions: ["number", "text"],
    initial: "number",
  },
};
