// Notice of a plan, prices that a channel keeps, and volume positions from a file.

const many = (n: number, one: string, more: string): string => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;

export const notice = {
  button: "Cancel the plan…",
  withdraw: "Take the notice back",
  withdrawn: "The notice was taken back",
  ends: (day: string) => `Ends on ${day}; notice was given`,
  title: (hub: string) => `Notice of the plan of ${hub}`,
  lead: "360Dialog tells the term in two ways. Where they name two days, ask which one it is.",
  given: "Notice given on",
  reading: "It ends by",
  thirtyDays: (day: string) => `30 days, to a month’s end: ${day}`,
  followingMonth: (day: string) => `Following month’s end: ${day}`,
  differ: "The two readings differ.",
  last: (day: string) => `Last day ${day}. No month after it has a plan fee.`,
  channels: (n: number, names: string) => `${many(n, "channel is", "channels are")} billed after that day: ${names}. 360Dialog ends a plan once all are cancelled and its invoices are paid.`,
  do: "Give notice",
  keep: "Keep the plan",
  done: (day: string) => `Notice is noted; the last day is ${day}`,
};

export const keptPrice = {
  head: "Prices it keeps",
  button: "Kept price…",
  card: "the card’s price again",
  title: (channel: string) => `Licence price that ${channel} keeps`,
  lead: "360Dialog guarantees some numbers their price. It holds for months that are open.",
  tier: "Tier",
  price: "Price a month",
  priceHint: "Empty: the card’s price again",
  from: "From month",
  fromHint: "Empty: the first open month",
  reason: "Why",
  reasonHint: "For whoever looks at it later",
  save: "Keep the price",
  saved: (channel: string) => `The price of ${channel} is noted`,
  line: (tier: string, price: string, month: string) => `${tier}: ${price}, from ${month}`,
};

export const volumeFile = {
  bringIn: "Import volume positions…",
  title: "Volume positions from a file",
  file: (name: string, rows: string) => `${name}, ${rows}. Nothing is booked yet.`,
  rows: (n: number) => many(n, "row", "rows"),
  told: "new or other",
  same: "as in this book",
  problems: "with problems",
  client: "Client",
  market: "Market",
  category: "Category",
  from: "From",
  before: "Before",
  now: "Now",
  notKnown: "not known",
  changes: (amount: string) => `Charges of open months change by ${amount}.`,
  unknown: (names: string) => `Columns left aside: ${names}`,
  nothing: "Nothing new is in this file",
  book: (n: number) => `Book ${many(n, "position", "positions")}`,
  booked: (n: number) => `${many(n, "position was", "positions were")} booked, and open months priced anew`,
};
