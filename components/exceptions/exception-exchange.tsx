import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ExceptionDetailView } from "@/lib/domain/views/exception-view";

/** What was sent for a record and what came back, without anything secret. */
export function ExceptionExchange({ view }: { view: ExceptionDetailView }) {
  const { exchange, vendorMessage, names } = view;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What {names.ledger} said</CardTitle>
        <CardDescription>
          {exchange || vendorMessage
            ? "In its own words. Keys and secrets are taken out, and long parts are cut."
            : `${names.ledger} was not asked: Tieout saw it beforehand.`}
        </CardDescription>
      </CardHeader>
      {exchange || vendorMessage ? (
        <CardContent className="flex flex-col gap-4 text-sm">
          {vendorMessage ? <p className="font-mono break-words">{vendorMessage}</p> : null}
          {exchange ? (
            <>
              <p className="text-muted-foreground">
                <code className="break-all">{exchange.call}</code>
                {exchange.vendorRequestId ? (
                  <>
                    . For {names.ledger}'s support:{" "}
                    <code className="break-all">{exchange.vendorRequestId}</code>
                  </>
                ) : null}
              </p>
              <Wire title="Sent for this record" text={exchange.sent} />
              <Wire title="Answered" text={exchange.answer} />
            </>
          ) : null}
        </CardContent>
      ) : null}
    </Card>
  );
}

function Wire({ title, text }: { title: string; text: string }) {
  if (text === "") return null;
  return (
    <section className="flex flex-col gap-1.5" aria-label={title}>
      <h3 className="font-medium">{title}</h3>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keys
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md bg-muted p-3 font-mono text-xs"
      >
        {text}
      </pre>
    </section>
  );
}
