import { formatCount } from "@/components/format/format-amount";
import { LinkTabs } from "@/components/ui/tabs";
import { MAPPING_STATUSES, MAPPING_WORDS, type MappingStatus } from "@/lib/domain/views/client-sync-view";

/** The review narrowed to one status, each with its count; a status of which there is none is left out. */
export function MappingFilter({
  here,
  counts,
  current,
}: {
  here: string;
  counts: Readonly<Record<MappingStatus, number>>;
  current: MappingStatus | null;
}) {
  const all = MAPPING_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  const some = MAPPING_STATUSES.filter((status) => counts[status] > 0 || status === current);
  return (
    <LinkTabs
      label="Status"
      tabs={[
        { label: `All (${formatCount(all)})`, href: here, current: current === null },
        ...some.map((status) => ({
          label: `${MAPPING_WORDS[status]} (${formatCount(counts[status])})`,
          href: `${here}?status=${status}`,
          current: current === status,
        })),
      ]}
    />
  );
}
