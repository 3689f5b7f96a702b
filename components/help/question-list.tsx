import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

export interface Question {
  readonly question: string;
  readonly answer: ReactNode;
}

/** Questions with their answers, all open: a page that is searched by the browser must show what it has. */
export function QuestionList({ questions }: { questions: readonly Question[] }) {
  return (
    <Card>
      <dl className="divide-y divide-border">
        {questions.map(({ question, answer }) => (
          <div key={question} className="flex flex-col gap-1.5 px-4 py-5 sm:px-6">
            <dt className="font-medium">{question}</dt>
            <dd className="max-w-prose text-sm text-muted-foreground">{answer}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
