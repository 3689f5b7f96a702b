import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getCurrentUser } from "@/app/_access/current-user";
import { parseReturnPath } from "@/app/_access/return-path";
import { PublicFrame } from "@/app/_components/public-frame";
import { secondStepCookieName } from "@/lib/auth/session-token";
import { getRuntime } from "@/lib/operations/runtime";
import { getSecondStep } from "@/lib/operations/sign-in/second-step";
import { NarrowCard } from "../../_components/narrow-card";
import { AppSquare } from "./app-square";
import { CodeForm } from "./code-form";

export const metadata: Metadata = { title: "Second step" };

/** After the link of a mail: the code of an app, or setting that app up the first time. */
export default async function SecondStepPage({
  searchParams,
}: {
  searchParams: Promise<{ to?: string | string[] }>;
}) {
  const returnPath = parseReturnPath((await searchParams).to);
  const { env } = await getRuntime();
  const token = (await cookies()).get(secondStepCookieName(env.APP_ORIGIN))?.value;
  const step = token === undefined ? null : await getSecondStep(token);
  if (step === null) redirect((await getCurrentUser()) ? returnPath : "/sign-in");
  return (
    <PublicFrame>
      {step.kind === "code" ? (
        <NarrowCard title="The second step" sentence={`Signing in as ${step.email}.`}>
          <CodeForm returnPath={returnPath} needsName={false} isNew={false} />
        </NarrowCard>
      ) : (
        <NarrowCard
          title="Set up the second step"
          sentence={`For ${step.email}. Whoever reads your mail should not get in here: an authenticator app on your phone shows a code that only you have.`}
        >
          <CodeForm returnPath={returnPath} needsName={step.needsName} isNew>
            <AppSquare app={step.app} />
          </CodeForm>
        </NarrowCard>
      )}
    </PublicFrame>
  );
}
