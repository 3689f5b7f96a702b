/** What the demo company sells. Prices are pounds net; books bear no VAT. */

export interface DemoProduct {
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly zeroRated?: boolean;
}

const product = (sku: string, name: string, price: string): DemoProduct => ({ sku, name, price });
const book = (sku: string, name: string, price: string): DemoProduct => ({
  sku,
  name,
  price,
  zeroRated: true,
});

export const DEMO_PRODUCTS: readonly DemoProduct[] = [
  product("TW-101", "Enamel mug, tide blue", "6.45"),
  product("TW-102", "Enamel mug, sand", "6.45"),
  product("TW-103", "Enamel jug", "14.20"),
  product("TW-104", "Linen tea towel, gulls", "4.85"),
  product("TW-105", "Linen tea towel, boats", "4.85"),
  product("TW-106", "Oven glove, rope stripe", "7.95"),
  product("TW-107", "Driftwood picture frame", "9.60"),
  product("TW-108", "Sea glass pendant", "11.35"),
  product("TW-109", "Rope doorstop", "12.75"),
  product("TW-110", "Lighthouse candle holder", "8.15"),
  product("TW-111", "Candle, salt & sage", "5.99"),
  product("TW-112", "Candle, beach fire", "5.99"),
  product("TW-113", "Soap bar, kelp", "2.37"),
  product("TW-114", "Hand balm, samphire", "4.12"),
  product("TW-115", "Wooden boat, small", "6.05"),
  product("TW-116", "Wooden boat, large", "13.90"),
  product("TW-117", "Crab fridge magnet", "1.18"),
  product("TW-118", "Seagull key ring", "1.63"),
  product("TW-119", "Tote bag, harbour map", "5.27"),
  product("TW-120", "Picnic blanket", "19.85"),
  product("TW-121", "Deckchair sling", "16.40"),
  product("TW-122", "Tide clock", "27.33"),
  product("TW-123", "Barometer, brass", "42.18"),
  product("TW-124", "Greeting cards, box of 12", "6.66"),
  product("TW-125", "Gift wrap, anchors, 5 m", "2.09"),
  product("TW-126", "Ribbon, navy, 10 m", "1.49"),
  book("TW-127", "Book: Walks by the sea", "7.50"),
  book("TW-128", "Book: Rock pools for children", "5.25"),
  book("TW-129", "Book: The harbour cook", "11.00"),
  product("TW-130", "Jigsaw, fishing fleet", "10.42"),
];
