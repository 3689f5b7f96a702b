"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import {
  type ErasePersonValues,
  type FindPersonValues,
  findPersonSchema,
} from "@/lib/domain/personal-details-forms";
import type { PeopleFound } from "@/lib/domain/views/privacy-view";
import { PersonCard } from "./person-card";

/** Finds somebody by name or e-mail address; what is held of them can be taken out, and their details erased. */
export function FindPerson({
  slug,
  find,
  erase,
}: {
  slug: string;
  find: (input: FindPersonValues) => Promise<ActionResult<PeopleFound>>;
  erase: (input: ErasePersonValues) => Promise<ActionResult<{ token: string }>>;
}) {
  const [result, setResult] = useState<ActionResult<PeopleFound> | null>(null);
  const form = useForm<FindPersonValues>({
    resolver: zodResolver(findPersonSchema),
    defaultValues: { text: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => setResult(await find(values)));
  const found = result?.ok ? result.data : null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>One person</CardTitle>
        <CardDescription>
          Somebody asks what is held of them, or wants it erased. Search for them among the customers and
          suppliers of both systems.
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-3">
          <legend className="sr-only">Find a person</legend>
          <Field>
            <FieldLabel htmlFor="person-text">Name or e-mail address</FieldLabel>
            <Input
              id="person-text"
              autoComplete="off"
              aria-invalid={errors.text !== undefined}
              aria-describedby="person-text-error"
              {...form.register("text")}
            />
            <FieldError id="person-text-error">{errors.text?.message}</FieldError>
          </Field>
          <Button type="submit" className="self-start" disabled={isSubmitting}>
            {isSubmitting ? "Searching…" : "Search"}
          </Button>
        </Form>
        <ActionError result={result} />
        <p role="status" className="text-sm text-muted-foreground">
          {found ? wordsOf(found) : ""}
        </p>
        {found?.people.map((person) => (
          <PersonCard
            key={person.key}
            slug={slug}
            person={person}
            erase={async () => {
              const answer = await erase({ key: person.key });
              if (answer.ok) await submit();
              return answer;
            }}
          />
        ))}
      </CardContent>
    </Card>
  );
}

function wordsOf({ people, hasMore, erasedBefore }: PeopleFound): string {
  const before = erasedBefore === null ? "" : ` Somebody of that address was erased here on ${erasedBefore}.`;
  if (people.length === 0) return `Nobody of that name or address is held here.${before}`;
  const found = hasMore
    ? `The first ${people.length} are shown. Type more of the name to narrow them.`
    : people.length === 1
      ? "One is held here."
      : `${people.length} are held here.`;
  return found + before;
}
