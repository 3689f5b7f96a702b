import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { RawText } from "@/components/ui/raw-text";
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
              <RawText title="Sent for this record" text={exchange.sent} />
              <RawText title="Answered" text={exchange.answer} />
            </>
          ) : null}
        </CardContent>
      ) : null}
    </Card>
  );
}
