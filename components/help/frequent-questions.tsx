import { type Question, QuestionList } from "./question-list";

/** What people ask before they trust a program with their books, by what it is about. */
const SUBJECTS: readonly { readonly title: string; readonly questions: readonly Question[] }[] = [
  {
    title: "In general",
    questions: [
      {
        question: "Which systems does Tieout connect?",
        answer:
          "Xero on the side of the books; Zoho Books, TIMS and TimeSolv on the other. A workspace keeps one pair of them in agreement.",
      },
      {
        question: "Do I have to make an app at Xero, or handle keys?",
        answer:
          "No. You sign in at Xero, choose the organisation and agree; Tieout never sees your password. Sources without such a page are connected by a form.",
      },
      {
        question: "Can I try it without risk?",
        answer:
          "Yes. A preview reads both sides and posts nothing, and a parallel run compares for as long as you like before the first posting.",
      },
      {
        question: "What about the years before?",
        answer:
          "You choose in the set-up from which day the books are kept, and whether what was open then comes along.",
      },
    ],
  },
  {
    title: "Technical",
    questions: [
      {
        question: "How fast is a change in the other system?",
        answer:
          "Where the vendor sends notices, within about a minute; else by the schedule that you choose, hourly, daily or by hand.",
      },
      {
        question: "What happens at a rate limit?",
        answer:
          "Tieout counts its calls and waits by itself, live changes before history. Up to 50 documents go with one call.",
      },
      {
        question: "What if a run breaks off in the middle?",
        answer:
          "It goes on where it was. What was sent and not answered is looked for by our mark before anything is sent again.",
      },
      {
        question: "Can I close the page while a run goes on?",
        answer: "Yes. It runs on the server; the page shows where it is whenever you come back.",
      },
    ],
  },
  {
    title: "Security",
    questions: [
      {
        question: "Where are my tokens?",
        answer:
          "Encrypted (AES-256-GCM) with a key that is kept apart from the database, and bound to your workspace and connection. They are in no log.",
      },
      {
        question: "Can another customer see my records?",
        answer: "Each row belongs to one workspace, and the database itself refuses to give it to any other.",
      },
      {
        question: "Is Tieout certified, by SOC 2 or ISO 27001?",
        answer: "Not at present. We would rather say so than show a badge that we do not have.",
      },
      {
        question: "Who did what?",
        answer: "The audit trail has each action with its person and time, and can be downloaded.",
      },
    ],
  },
  {
    title: "Suggestions and AI",
    questions: [
      {
        question: "Does an AI read my books?",
        answer:
          "No. Suggestions for accounts, taxes and matches come from rules, on your own records, and no record is given to a model or to another company.",
      },
      {
        question: "Is anything decided without me?",
        answer:
          "A match is taken by itself only on plain evidence: our own mark, an equal name, or number, contact, date and total. The first preview shows each of them, and whatever is in doubt waits for your word.",
      },
    ],
  },
  {
    title: "Making it fit",
    questions: [
      {
        question: "Can I choose accounts and taxes myself?",
        answer: "Yes, all of them, in the set-up; and for one record alone on its exception.",
      },
      {
        question: "Can I choose what is kept in step, and which side wins?",
        answer:
          "Yes, by kind of record and direction, in the set-up under What goes where. What no rule decides waits for you.",
      },
      {
        question: "Can I draw my own field mappings?",
        answer: "Not yet. For TIMS the names of fields can be given when it is connected.",
      },
    ],
  },
];

export function FrequentQuestions() {
  return (
    <div className="flex flex-col gap-6">
      {SUBJECTS.map(({ title, questions }) => (
        <section key={title} className="flex flex-col gap-3" aria-label={title}>
          <h3 className="font-medium">{title}</h3>
          <QuestionList questions={questions} />
        </section>
      ))}
    </div>
  );
}
