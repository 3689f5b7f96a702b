"use server";

import { z } from "zod";
import { workspaceAction } from "@/app/_access/workspace-action";
import { retryExceptions } from "@/lib/operations/exceptions/retry-exceptions";

export const retryExceptionsAction = workspaceAction({ role: "bookkeeper", schema: z.object({}) }, (access) =>
  retryExceptions(access),
);
