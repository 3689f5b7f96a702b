"use server";

import { userAction } from "@/app/_access/user-action";
import { acceptInvitation } from "@/lib/operations/people/accept-invitation";
import { linkSchema } from "../sign-in/schema";

export const acceptInvitationAction = userAction(linkSchema, acceptInvitation);
