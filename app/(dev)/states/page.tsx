import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { parseTheme, THEME_COOKIE } from "@/components/shell/theme";
import { WorkspaceShell } from "@/components/shell/workspace-shell";
import { Button } from "@/components/ui/button";
import { getRuntime } from "@/lib/operations/runtime";
import { SCREENS } from "./screens";

/** Every product component in every state, with constructed view models. Not there in production. */
export default async function StatesPage({
  searchParams,
}: {
  searchParams: Promise<{ screen?: string | string[] }>;
}) {
  const { env } = await getRuntime();
  if (env.DEPLOYMENT === "production") notFound();
  const { screen } = await searchParams;
  const chosen = SCREENS.filter(({ name }) => screen === undefined || name === screen);
  return (
    <WorkspaceShell
      slug="states"
      workspaceName="Harbour Gifts"
      others={[{ slug: "states", name: "Another firm" }]}
      userName="Ada Marsh"
      theme={parseTheme((await cookies()).get(THEME_COOKIE)?.value)}
      signOut={
        <Button variant="ghost" size="small">
          Sign out
        </Button>
      }
    >
      <div className="flex flex-col gap-10">
        {chosen.map(({ name, render }) => (
          <div key={name} className="flex flex-col gap-5">
            {screen === undefined ? <p className="font-mono text-xs text-muted-foreground">{name}</p> : null}
            {render()}
          </div>
        ))}
      </div>
    </WorkspaceShell>
  );
}
