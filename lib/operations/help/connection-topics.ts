import type { ConnectorErrorKind } from "@/lib/connectors/contract/connector-error";
import type { ErrorTopic } from "@/lib/domain/views/help-view";

/** What the help says of each way in which a call to a system fails. */
export const CONNECTION_TOPICS: Readonly<Record<ConnectorErrorKind, Omit<ErrorTopic, "kind" | "area">>> = {
  authExpired: {
    title: "The connection has ended (authentication failed)",
    says: "Xero no longer lets Tieout in. Connect again to go on.",
    why: "The consent was withdrawn in the other system, its password or owner changed, or nobody used it for so long that it ran out.",
    remedy: "Open Connections, press Connect again, and choose the same organisation.",
    meanwhile: "Nothing is lost: what waits is posted once the connection is back, and nothing twice.",
  },
  permission: {
    title: "Permission is missing",
    says: "The person who connected Xero may not do there what is to be posted.",
    why: "The user who gave the consent has a role that may not do this, or a permission was not granted.",
    remedy:
      "Give that user the role in the other system (in Xero: Adviser, or Standard with reports for journals), or connect again as somebody who has it.",
    meanwhile: "Everything that needs no such permission goes on.",
  },
  rateLimited: {
    title: "Too many calls (rate limit)",
    says: "The vendor takes no more calls for now. It goes on by itself; nothing is lost.",
    why: "Each system allows so many calls a minute and a day, for all apps of the organisation together.",
    remedy:
      "There is nothing to do. If it happens daily, choose a calmer schedule, or look whether another app uses up the day's calls.",
    meanwhile: "Tieout counts its calls and waits until the time that the vendor named, live changes first.",
  },
  notFound: {
    title: "Not found",
    says: "What was asked for is not there.",
    why: "It was deleted in the other system after it was last read.",
    remedy: "Read both sides again. If the record should exist, enter it there again.",
    meanwhile: "The record is planned anew at the next look.",
  },
  validation: {
    title: "Refused as not valid",
    says: "Xero refused the record, with its reason.",
    why: "The other system checks more than it describes. Its own words stand on the exception.",
    remedy: "Correct the record in the source, or the choice in the set-up, and try again.",
    meanwhile: "Its neighbours in the same batch are posted all the same.",
  },
  conflict: {
    title: "Changed by somebody else in the same moment",
    says: "The record was changed there since it was read.",
    why: "Two hands changed one record. The later one is never overwritten unseen.",
    remedy: "Look at both versions under Exceptions, and choose the one that holds.",
    meanwhile: "Nothing is written to that record.",
  },
  periodLocked: {
    title: "The books are closed for that day",
    says: "The record is dated in a period that is locked.",
    why: "The lock date was moved after the record was planned.",
    remedy: "Post it on the first open day, or open the period for a moment.",
    meanwhile: "The other records go on.",
  },
  unavailable: {
    title: "The other system is out of order",
    says: "No answer from the other system right now.",
    why: "It answered with an error of its own, or not at all.",
    remedy: "Wait; its status page says more. Nothing has to be pressed.",
    meanwhile:
      "Tieout tries again at growing distances, and looks for what may have been taken before it sends it again.",
  },
  timeout: {
    title: "The answer did not come in time",
    says: "It was sent and no answer told what became of it.",
    why: "A slow network, or a system under load. The call may have worked.",
    remedy: "There is nothing to do, unless an exception says so.",
    meanwhile: "Tieout looks for its own mark twice, apart in time, before it sends anything again.",
  },
  wireMismatch: {
    title: "An answer that cannot be read",
    says: "The other system answered in a form that it has not announced.",
    why: "It changed its interface, or something between the two changed the answer.",
    remedy: "Tell support, with the time of the run. Rows that could be read are kept.",
    meanwhile: "What cannot be read is kept aside and counted, never dropped.",
  },
};
