import type { Problem, ProblemCause } from "@/lib/domain/problem";

/**
 * One plain sentence and one remedy for each cause. `record` names the record as an owner knows it ("Invoice 1042");
 * `ledger` and `source` are the labels of the two systems.
 */
export interface Names {
  readonly record: string;
  readonly source: string;
  readonly ledger: string;
}

type Sentence = (problem: Problem, names: Names) => { readonly message: string; readonly remedy: string };

const SENTENCES: Readonly<Record<ProblemCause, Sentence>> = {
  currencyNotEnabled: ({ subject }, { record, ledger }) => ({
    message: `${record} is in ${subject}, and ${ledger} is not set up for ${subject}.`,
    remedy: `Add ${subject} in ${ledger} under Settings, Currencies; then sync again.`,
  }),
  journalInForeignCurrency: ({ subject }, { record, source, ledger }) => ({
    message: `${record} is in ${subject}, and ${ledger} keeps journals in the currency of its books alone.`,
    remedy: `Write it in ${source} in that currency, or enter it in ${ledger} by hand; then sync again.`,
  }),
  accountNotMapped: ({ subject }, { record, source }) => ({
    message: `${record} uses the ${source} account "${subject}", which has no account chosen for it.`,
    remedy: "Choose an account for it, here or in the set-up.",
  }),
  accountNotUsable: ({ subject }, { record, ledger }) => ({
    message: `${record} would go to account ${subject}, which ${ledger} no longer lets anyone use.`,
    remedy: `Choose another account in the set-up or for this record alone, or make ${subject} active in ${ledger}; then try again.`,
  }),
  accountCurrencyDiffers: ({ subject }, { record, ledger }) => ({
    message: `${record} cannot go to its account in ${ledger}, which is kept in another currency (${subject}).`,
    remedy: `Choose an account of the right currency for it, for this record alone or in the set-up (open one in ${ledger} first if there is none).`,
  }),
  accountTakesNoPayments: ({ subject }, { record, ledger }) => ({
    message: `${record} would be paid through ${subject}, and ${ledger} takes no payments there.`,
    remedy: `Choose a bank account for it, for this record alone or in the set-up; or let ${subject} take payments in ${ledger}, then try again.`,
  }),
  taxNotMapped: ({ subject }, { record, source, ledger }) => ({
    message: `${record} uses the ${source} tax "${subject}", which has no tax rate chosen for it.`,
    remedy: `Choose a tax rate of the same percentage for it, here or in the set-up (add one in ${ledger} first if there is none).`,
  }),
  taxNotAllowedForAccount: ({ subject }, { record, ledger }) => ({
    message: `${record} combines a tax rate and an account that ${ledger} does not allow together: ${subject}.`,
    remedy: "Choose another tax rate or account in the set-up; then sync again.",
  }),
  nameTooLong: (_, { record, source, ledger }) => ({
    message: `${record} has a name that is too long: ${ledger} takes at most 255 characters.`,
    remedy: `Shorten the name in ${source}; then sync again.`,
  }),
  nameTaken: ({ subject }, { record, source }) => ({
    message: `${record}: another contact has the same name, "${subject}".`,
    remedy: `Give one of the two another name in ${source}, or merge them there; then sync again.`,
  }),
  contactArchived: ({ subject }, { record, ledger }) => ({
    message: `${record} is archived in ${ledger} as "${subject}", so nothing can be posted to it.`,
    remedy: `Restore the contact in ${ledger}; then sync again.`,
  }),
  contactMissing: (_, { record, source, ledger }) => ({
    message: `${record} names no contact in ${source}, and ${ledger} takes none of its kind without one.`,
    remedy: `Name one in ${source}, or choose a contact of ${ledger} for this record alone; then try again.`,
  }),
  contactNotPosted: ({ subject }, { record }) => ({
    message: `${record} waits for its contact "${shorten(subject)}", which needs attention first.`,
    remedy: "Mend the contact (it has an exception of its own); then sync again.",
  }),
  itemCodeUnusable: ({ subject }, { record, source, ledger }) => ({
    message: `${record}: ${ledger} cannot use the item code "${subject}" (at most 30 characters, and one item a code).`,
    remedy: `Change the code in ${source}; then sync again.`,
  }),
  documentNotPosted: ({ subject }, { record }) => ({
    message: `${record} waits for ${subject}, which is not posted.`,
    remedy: `Mend ${subject} (it has an exception of its own); then sync again.`,
  }),
  documentBeforeCutOver: ({ subject }, { record, ledger }) => ({
    message: `${record} came after the cut-over and is for ${subject}, which is from before it and is not in ${ledger}.`,
    remedy: `Type ${subject} into ${ledger} as it was open then, or let the set-up bring in what was open; then sync again.`,
  }),
  documentNotOpen: ({ subject }, { record, ledger }) => ({
    message: `${record}: ${subject} does not take payments in ${ledger} (it is a draft, void or fully paid).`,
    remedy: `Look at ${subject} in ${ledger}; then sync again.`,
  }),
  numberTaken: ({ subject, vendorMessage }, { record, source, ledger }) =>
    vendorMessage === null
      ? {
          message: `${record}: ${ledger} already has a document of this number, but it differs (${subject}).`,
          remedy: `Compare the two under Matches, and say whether they are one or two. Or correct one of them, then sync again.`,
        }
      : {
          message: `${record}: its number was used in ${ledger} before, by a document that is void or deleted there, and ${ledger} gives no number twice.`,
          remedy: `Change the number in ${source}, or choose another one for this record alone; then sync again.`,
        },
  possibleTwin: ({ subject }, { record, ledger }) => ({
    message: `${record} may be in ${ledger} already: ${subject}.`,
    remedy: "Compare the two under Matches, and say whether they are one or two.",
  }),
  periodLocked: ({ subject }, { record, source, ledger }) => ({
    message: `${record} is dated in a period that is locked in ${ledger} (up to ${subject}).`,
    remedy: `Post it on the first open day. Move the lock date in ${ledger} for a moment, or change the date in ${source}, where that suits better; then try again.`,
  }),
  planLimit: (_, { record, ledger }) => ({
    message: `${record} waits: the plan of your ${ledger} organisation allows no more documents of this kind this month.`,
    remedy: `It goes by itself once the next month begins or the organisation has a larger plan in ${ledger}.`,
  }),
  amountTooLarge: ({ subject }, { record, source }) => ({
    message: `${record} has an amount with more digits than can be posted safely: ${subject}.`,
    remedy: `Check the amount in ${source}; then sync again.`,
  }),
  totalsDiffer: (_, { record, source, ledger }) => ({
    message: `${record} would have another total in ${ledger}, by more than rounding explains.`,
    remedy: `Check quantities, prices, discounts and tax of its lines in ${source}, and that each tax has a rate of the same percentage in the set-up; then sync again.`,
  }),
  negativeTotal: (_, { record, source, ledger }) => ({
    message: `${record} has a negative total, which ${ledger} does not take.`,
    remedy: `Make it a credit note in ${source}; then sync again.`,
  }),
  paymentAccountNotMapped: ({ subject }, { record, source }) => ({
    message: `${record} was paid through the ${source} account "${subject}", which has no bank account chosen for it.`,
    remedy: "Choose a bank account for it, here or in the set-up.",
  }),
  changedAfterPosting: ({ subject }, { record, source, ledger }) => ({
    message: `${record} was changed after it was posted to ${ledger} (${subject}).`,
    remedy: `Make the same change in ${ledger}, or change it back in ${source}; then sync again. If it may stay as it is, dismiss it.`,
  }),
  conflict: ({ subject }, { record, source, ledger }) => ({
    message: `${record} was changed in ${source} and in ${ledger}, and not alike: ${subject}.`,
    remedy: "Choose which of the two holds. The other takes it over with the next sync.",
  }),
  goneInSource: (_, { record, source, ledger }) => ({
    message: `${record} was deleted in ${source}, and ${ledger} still has it.`,
    remedy: `Void it in ${ledger}, or let Tieout void what is deleted in ${source} under Set-up, What goes where.`,
  }),
  goneInLedger: (_, { record, source, ledger }) => ({
    message: `${record} was voided or deleted in ${ledger}, and still stands in ${source}.`,
    remedy: `Void it in ${source} as well, or let Tieout do so under Set-up, What goes where. If it was taken out of ${ledger} by mistake, enter it there again.`,
  }),
  goneInTarget: (_, { record, source, ledger }) => ({
    message: `${record} was changed in ${source}, but ${ledger} has it no more.`,
    remedy: `Dismiss it if ${ledger} is right; else enter it there again.`,
  }),
  paymentShared: ({ subject }, { record, source, ledger }) => ({
    message: `${record} was deleted in ${source}, but the payment of ${subject} in ${ledger} settles something else as well.`,
    remedy: `Take invoice ${subject} off that payment in ${ledger}; then sync again.`,
  }),
  settledSince: (_, { record, ledger }) => ({
    message: `${record} cannot be taken back: ${ledger} has money on it that this run did not put there.`,
    remedy: `Take the payment or credit off it in ${ledger}, or undo the run that posted it; then undo again.`,
  }),
  settledLocked: ({ subject }, { record, ledger }) => ({
    message: `${record} stays: a payment or credit on it lies in a period that is closed in ${ledger} (up to ${subject}), and money that moved there cannot be taken back.`,
    remedy: `Open the period in ${ledger} for a moment, and undo again.`,
  }),
  reversalRefused: ({ subject }, { record, ledger }) => ({
    message: `${record} lies in a closed period of ${ledger}, and ${ledger} refused what was to take it back (${subject}).`,
    remedy: `Read what ${ledger} says below, put that right there; then undo again.`,
  }),
  answerDiffers: ({ subject }, { record, ledger }) => ({
    message: `${ledger} saved ${record} differently from what was sent (${subject}).`,
    remedy: `Open it in ${ledger} and correct it, then try again; where it is no more than tax or tracking, dismiss it with a word about what you did.`,
  }),
  unanswered: ({ subject }, { record, ledger }) => ({
    message: `${ledger} did not take ${record}: it was sent ${subject} and no answer told what became of it. It was looked for each time and is not there.`,
    remedy: `Look at what ${ledger} answered below. If ${ledger} was out of order, try again; if it goes on, its support can tell by the number of the call.`,
  }),
  needsApproval: (_, { record, ledger }) => ({
    message: `${record} is above the amount from which a second person has to agree before it goes to ${ledger}.`,
    remedy:
      "Somebody who neither confirmed the set-up nor started the run approves it under Approvals; then it goes.",
  }),
  approvalDeclined: ({ subject }, { record, ledger }) => ({
    message: `${record} was not approved, so it does not go to ${ledger}${subject === "" ? "" : `: "${subject}"`}.`,
    remedy: "Correct it in the source, which asks anew; or let the same person look again under Approvals.",
  }),
  refused: (_, { record, source, ledger }) => ({
    message: `${ledger} refused ${record}.`,
    remedy: `Read what ${ledger} says below, correct it in ${source}, then sync again.`,
  }),
};

export function problemSentence(
  problem: Problem,
  names: Names,
): { readonly message: string; readonly remedy: string } {
  return SENTENCES[problem.cause](
    { ...problem, subject: shorten(problem.subject, SUBJECT_CHARACTERS) },
    names,
  );
}

const NAME_CHARACTERS = 60;
/** Room for what differs between two documents: contact, date and total. */
const SUBJECT_CHARACTERS = 160;

/** Names come from other systems and can be as long as they like; a sentence is not the place for all of it. */
export const shorten = (text: string, characters = NAME_CHARACTERS): string =>
  text.length > characters ? `${text.slice(0, characters)}…` : text;
