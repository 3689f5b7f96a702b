import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  CircleSlash,
  Clock,
  Coins,
  Copy,
  type LucideIcon,
  SearchX,
  Undo2,
} from "lucide-react";
import type { BadgeTone } from "@/components/ui/badge";
import type { TieOutField, TieOutKind } from "@/lib/domain/views/tie-out-kind";

/** What each kind of finding is called, in the name of the ledger's program. */
export const KIND_WORDS: Readonly<
  Record<TieOutKind, { readonly label: string; readonly tone: BadgeTone; readonly Icon: LucideIcon }>
> = {
  missing: { label: "Missing", tone: "destructive", Icon: SearchX },
  voidedInLedger: { label: "Voided by hand", tone: "destructive", Icon: Undo2 },
  doubled: { label: "There twice", tone: "destructive", Icon: Copy },
  unknownMarker: { label: "Not in the source", tone: "destructive", Icon: CircleHelp },
  voidedInSource: { label: "Void in the source", tone: "destructive", Icon: Undo2 },
  amountDiffers: { label: "Amount differs", tone: "destructive", Icon: CircleAlert },
  dateDiffers: { label: "Date differs", tone: "destructive", Icon: CircleAlert },
  contactDiffers: { label: "Contact differs", tone: "destructive", Icon: CircleAlert },
  taxDiffers: { label: "Tax differs", tone: "destructive", Icon: CircleAlert },
  accountDiffers: { label: "Account differs", tone: "destructive", Icon: CircleAlert },
  trackingDiffers: { label: "Tracking differs", tone: "destructive", Icon: CircleAlert },
  rateDiffers: { label: "Rate differs", tone: "destructive", Icon: CircleAlert },
  numberDiffers: { label: "Number differs", tone: "destructive", Icon: CircleAlert },
  nameDiffers: { label: "Name differs", tone: "destructive", Icon: CircleAlert },
  likelyDouble: { label: "Maybe there twice", tone: "warning", Icon: Copy },
  exception: { label: "Needs you", tone: "warning", Icon: CircleAlert },
  waiting: { label: "Not posted yet", tone: "neutral", Icon: Clock },
  accepted: { label: "Accepted", tone: "neutral", Icon: CircleCheck },
  dismissed: { label: "Dismissed", tone: "neutral", Icon: CircleSlash },
  excluded: { label: "Left out by rule", tone: "neutral", Icon: CircleSlash },
  rounding: { label: "Rounding line", tone: "neutral", Icon: Coins },
  onlyInLedger: { label: "Only in the ledger", tone: "neutral", Icon: CircleHelp },
};

export const FIELD_WORDS: Readonly<Record<TieOutField, string>> = {
  currency: "Currency",
  amount: "Total",
  date: "Date",
  contact: "Contact",
  tax: "Net and tax",
  account: "Account",
  tracking: "Tracking",
  rate: "Exchange rate",
  number: "Number",
  name: "Name",
  status: "Status",
};
