import { cache } from "react";
import { getSetupProgress } from "@/lib/operations/setup/get-setup-progress";

/** How far the set-up has come, read once a request however many parts of the page ask. */
export const loadSetupProgress = cache(getSetupProgress);
