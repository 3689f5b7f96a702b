"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import {
  deleteWorkspaceSchema,
  erasePersonSchema,
  findPersonSchema,
  maskingSchema,
  nothingSchema,
  supportSchema,
} from "@/lib/domain/personal-details-forms";
import { ok } from "@/lib/kernel/result";
import { askDeletion, takeBackDeletion } from "@/lib/operations/privacy/delete-workspace";
import { erasePerson } from "@/lib/operations/privacy/erase-person";
import { findPeople } from "@/lib/operations/privacy/find-person";
import { setMasking } from "@/lib/operations/privacy/get-privacy";
import { giveConsent, withdrawConsent } from "@/lib/operations/privacy/support-consent";

export const findPeopleAction = workspaceAction(
  "privacy/findPeopleAction",
  findPersonSchema,
  async (access, { text }) => ok(await findPeople(access, text)),
);

export const erasePersonAction = workspaceAction("privacy/erasePersonAction", erasePersonSchema, erasePerson);

export const setMaskingAction = workspaceAction("privacy/setMaskingAction", maskingSchema, setMasking);

export const giveConsentAction = workspaceAction("privacy/giveConsentAction", supportSchema, giveConsent);

export const withdrawConsentAction = workspaceAction(
  "privacy/withdrawConsentAction",
  nothingSchema,
  (access) => withdrawConsent(access),
);

export const askDeletionAction = workspaceAction(
  "privacy/askDeletionAction",
  deleteWorkspaceSchema,
  askDeletion,
);

export const takeBackDeletionAction = workspaceAction(
  "privacy/takeBackDeletionAction",
  nothingSchema,
  (access) => takeBackDeletion(access),
);
