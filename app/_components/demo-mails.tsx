/** Where a demo's mails are to be seen; nothing elsewhere. */
export function DemoMails({ address }: { address: string | null }) {
  if (address === null) return null;
  return (
    <p className="text-sm text-muted-foreground">
      This demo sends nothing to the outside:{" "}
      <a href={address} className="text-primary underline underline-offset-4">
        Mail that the demo has sent
      </a>
    </p>
  );
}
