import Link from "next/link";
import { type Question, QuestionList } from "./question-list";

/** Questions in the order in which they come up. */
export function HelpTopics({ slug }: { slug: string }) {
  const inText = (path: string, words: string) => (
    <Link href={`/${slug}/${path}`} className="text-primary underline underline-offset-4">
      {words}
    </Link>
  );
  const topics: readonly Question[] = [
    {
      question: "Do my books agree?",
      answer: (
        <>
          The {inText("overview", "overview")} says so in one line. The {inText("reconciliation", "tie-out")}{" "}
          shows both sides next to each other by kind of record, month and tax rate, read fresh from Xero.
        </>
      ),
    },
    {
      question: "When is something posted to Xero?",
      answer: (
        <>
          Only when somebody in this workspace presses “Post” on a {inText("preview", "preview")}. The preview
          lists every record first, with the debit and credit of each account.
        </>
      ),
    },
    {
      question: "Can something be posted twice?",
      answer:
        "Every record carries a mark of ours in Xero. If an answer gets lost, Tieout looks for that mark before it tries again. What was in Xero before, typed by you or your accountant, is matched by number, customer, date and total and left as it is.",
    },
    {
      question: "What is an exception?",
      answer: (
        <>
          A record that cannot be posted yet, with the reason and what to do. The others go on meanwhile. All
          of them are under {inText("exceptions", "exceptions")}, and each is tried again once its cause is
          gone.
        </>
      ),
    },
    {
      question: "Who can do what?",
      answer:
        "An owner or administrator connects and disconnects. A bookkeeper can also answer the set-up, make previews and post. Someone with read-only access sees everything and changes nothing.",
    },
    {
      question: "How do I stop it?",
      answer: (
        <>
          Disconnect under {inText("connections", "connections")}. Reading and posting end at once; nothing
          that is already in Xero is changed.
        </>
      ),
    },
  ];
  return <QuestionList questions={topics} />;
}
