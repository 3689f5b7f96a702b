/** An address that its owner knows again and nobody else can write to: "b•••@t•••.test". */
export function maskAddress(address: string): string {
  const [name = "", domain = ""] = address.split("@");
  const ending = domain.slice(domain.lastIndexOf(".") + 1);
  return `${name.slice(0, 1)}•••@${domain.slice(0, 1)}•••.${ending}`;
}
