import { Alert } from "@/components/ui/alert";

/** On every page while whoever runs this Tieout has switched posting off for everybody. */
export function PostingOffBanner({ isOff }: { isOff: boolean }) {
  if (!isOff) return null;
  return (
    <div className="mb-6 print:hidden">
      <Alert tone="warning" role="status" title="Posting is switched off for everybody">
        Nothing is written into any system. Reading, previews and tie-outs go on, and what waits is posted
        once whoever runs this Tieout switches it on again.
      </Alert>
    </div>
  );
}
