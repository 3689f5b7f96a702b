import { LinkTabs } from "@/components/ui/tabs";
import { type ListSort, sortText } from "@/lib/domain/views/list-sort";

/** The orders of a list that has no columns to press, as links: the order is part of the address. */
export function ListOrder<K extends string>({
  label,
  orders,
  sort,
  hrefFor,
}: {
  label: string;
  orders: readonly { readonly label: string; readonly sort: ListSort<K> }[];
  sort: ListSort<K>;
  hrefFor: (sort: ListSort<K>) => string;
}) {
  return (
    <LinkTabs
      label={label}
      tabs={orders.map((order) => ({
        label: order.label,
        href: hrefFor(order.sort),
        current: sortText(order.sort) === sortText(sort),
      }))}
    />
  );
}
