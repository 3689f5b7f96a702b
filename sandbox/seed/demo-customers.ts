/**
 * The customers of the demo company as its Zoho Books knows them, with the near-duplicates and awkward names
 * that real customer lists have. Invented; every address is under example domains.
 */

export type Region = "North" | "South" | "Scotland" | "Wales" | "Overseas";

export interface DemoCustomer {
  readonly name: string;
  readonly person: readonly [first: string, last: string];
  readonly email: string;
  readonly city: string;
  readonly country: string;
  readonly region: Region;
  readonly currency?: "EUR" | "JPY" | "SEK";
}

const uk = (
  name: string,
  person: readonly [string, string],
  email: string,
  city: string,
  region: Region,
): DemoCustomer => ({ name, person, email, city, country: "United Kingdom", region });

const abroad = (
  name: string,
  person: readonly [string, string],
  email: string,
  city: string,
  country: string,
  currency: "EUR" | "JPY" | "SEK",
): DemoCustomer => ({ name, person, email, city, country, region: "Overseas", currency });

/** Bought regularly from July to October 2026. */
export const REGULAR_CUSTOMERS: readonly DemoCustomer[] = [
  uk("Harbour Lights Ltd", ["Ann", "Pascoe"], "ann@harbourlights.example", "Falmouth", "South"),
  uk("Harbour Lights Limited", ["Ann", "Pascoe"], "accounts@harbour-lights.example", "Falmouth", "South"),
  uk("J. Okafor", ["John", "Okafor"], "j.okafor@okafor.example", "Leeds", "North"),
  uk("John Okafor", ["John", "Okafor"], "john@okafor.example", "Leeds", "North"),
  uk("Copper Kettle Gifts", ["Mei", "Tan"], "orders@copperkettle.example", "York", "North"),
  uk("Saltmarsh Trading Co", ["Ruth", "Amis"], "ruth@saltmarsh.example", "Norwich", "South"),
  uk("Brightwater Books", ["Idris", "Vaughan"], "shop@brightwater.example", "Hay-on-Wye", "Wales"),
  uk("The Pebble Shop", ["Carla", "Dunn"], "hello@pebbleshop.example", "Brighton", "South"),
  uk("Fern & Fable", ["Nia", "Rees"], "nia@fernfable.example", "Cardiff", "Wales"),
  uk("Lantern House Ltd", ["Gareth", "Lowe"], "buying@lanternhouse.example", "Manchester", "North"),
  uk("Northgate Stationers", ["Sana", "Mirza"], "sana@northgate.example", "Chester", "North"),
  uk("Little Oak Toys", ["Beth", "Farrow"], "beth@littleoak.example", "Bath", "South"),
  uk("Wren and Daughters", ["Edith", "Wren"], "edith@wren.example", "Oxford", "South"),
  uk("Castle Street Cards", ["Moira", "Baird"], "moira@castlestreet.example", "Edinburgh", "Scotland"),
  uk("Penrose Home", ["Tom", "Penrose"], "tom@penrose.example", "Truro", "South"),
  uk("Marigold & Moss", ["Lucy", "Hart"], "lucy@marigoldmoss.example", "Sheffield", "North"),
  uk("Thistle & Thread", ["Isla", "Munro"], "isla@thistlethread.example", "Inverness", "Scotland"),
  uk("Quayside Interiors", ["Piotr", "Zielinski"], "piotr@quayside.example", "Newcastle", "North"),
  uk("Old Mill Garden Centre", ["Hugh", "Barton"], "hugh@oldmill.example", "Stroud", "South"),
  uk("Bluebell Tearooms", ["Grace", "Ode"], "grace@bluebell.example", "Harrogate", "North"),
  uk("Moorland Museum Shop", ["Alan", "Tate"], "shop@moorland.example", "Haworth", "North"),
  uk("Cobble Lane Crafts", ["Jo", "Syed"], "jo@cobblelane.example", "Lincoln", "North"),
  uk("St Ives Gallery", ["Kerensa", "Bray"], "kerensa@stivesgallery.example", "St Ives", "South"),
  uk("Whitby Jet & Gifts", ["Dan", "Storr"], "dan@whitbyjet.example", "Whitby", "North"),
  uk("Ravenscroft Hall", ["Helen", "Ravenscroft"], "shop@ravenscroft.example", "Ripon", "North"),
  uk("Sea Glass Studio", ["Megan", "Pugh"], "megan@seaglass.example", "Tenby", "Wales"),
  uk("Juniper Home Ltd", ["Oscar", "Lind"], "oscar@juniper.example", "Glasgow", "Scotland"),
  uk("Dunes Beach Shop", ["Kim", "Foley"], "kim@dunes.example", "Bude", "South"),
  abroad("Maison Lavande SARL", ["Claire", "Roche"], "claire@lavande.example", "Nantes", "France", "EUR"),
  abroad("Galerie du Port", ["Luc", "Hervé"], "luc@galerieduport.example", "Brest", "France", "EUR"),
  abroad("Kontor am Hafen GmbH", ["Jörg", "Möller"], "einkauf@kontor.example", "Hamburg", "Germany", "EUR"),
  abroad("Bottega del Mare Srl", ["Elena", "Riva"], "elena@bottega.example", "Genoa", "Italy", "EUR"),
  abroad("Casa Azulejo Lda", ["Rui", "Conceição"], "rui@azulejo.example", "Porto", "Portugal", "EUR"),
  abroad("Umineko Trading KK", ["Yuki", "Mori"], "yuki@umineko.example", "Yokohama", "Japan", "JPY"),
  abroad("青い海ギフト株式会社", ["健", "佐藤"], "ken@aoiumi.example", "Kobe", "Japan", "JPY"),
];

const REPEATED = "The Very Honourable Company of Coastal Gift Shops, Harbour Kiosks and Lighthouse Tearooms ";
export const LONG_NAME_CHARACTERS = 300;

/** Each of these belongs to one special document; see README.md. */
export const SPECIAL_CUSTOMERS = {
  krona: abroad(
    "Skärgårdens Presenter AB",
    ["Åsa", "Öberg"],
    "asa@skargarden.example",
    "Stockholm",
    "Sweden",
    "SEK",
  ),
  longName: uk(
    REPEATED.repeat(4)
      .slice(0, LONG_NAME_CHARACTERS - 1)
      .concat("X"),
    ["Cy", "Long"],
    "office@coastal.example",
    "Dover",
    "South",
  ),
  archived: uk("Driftwood & Co", ["Sid", "Marsh"], "sid@driftwood.example", "Deal", "South"),
  sameNameFirst: uk("Mason Gifts", ["Paul", "Mason"], "paul@masongifts.example", "Derby", "North"),
  sameNameSecond: uk("Mason Gifts", ["Petra", "Mason"], "petra@mason-gifts.example", "Swansea", "Wales"),
  twoSpaces: uk("Anchor  Bay Traders", ["Viv", "Cole"], "viv@anchorbay.example", "Poole", "South"),
} as const satisfies Record<string, DemoCustomer>;

/** What the accountant's Xero knew before Tieout: equal names, and equal addresses under other names. */
export const XERO_CONTACTS: readonly { readonly name: string; readonly email?: string }[] = [
  { name: "Harbour Lights Ltd", email: "ann@harbourlights.example" },
  { name: "Copper Kettle Gifts" },
  { name: "Brightwater Books", email: "shop@brightwater.example" },
  { name: "Lantern House Ltd", email: "buying@lanternhouse.example" },
  { name: "Penrose Home" },
  { name: "Quayside Interiors" },
  { name: "Castle Street Cards" },
  { name: "Pebble Shop", email: "hello@pebbleshop.example" },
  { name: "Fern and Fable Ltd", email: "nia@fernfable.example" },
  { name: "Saltmarsh Trading Company", email: "ruth@saltmarsh.example" },
  { name: "Thistle and Thread", email: "isla@thistlethread.example" },
  { name: "Driftwood & Co", email: "sid@driftwood.example" },
  { name: "Tamar Print Services", email: "print@tamar.example" },
];
