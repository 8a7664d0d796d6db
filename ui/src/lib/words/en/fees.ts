// Notice of a plan, prices that a channel keeps, and volume positions from a file.

import { say } from "../say";

export const notice = {
  button: "Cancel the plan…",
  withdraw: "Take the notice back",
  withdrawn: "The notice was taken back",
  ends: say<[day: string]>("Ends on {0}; notice was given"),
  title: say<[hub: string]>("Notice of the plan of {0}"),
  lead: "360Dialog tells the term in two ways. Where they name two days, ask which one it is.",
  given: "Notice given on",
  reading: "It ends by",
  thirtyDays: say<[day: string]>("30 days, to a month’s end: {0}"),
  followingMonth: say<[day: string]>("Following month’s end: {0}"),
  differ: "The two readings differ.",
  last: say<[day: string]>("Last day {0}. No month after it has a plan fee."),
  channels: say<[n: number, names: string]>("{0|channel is|channels are} billed after that day: {1}. 360Dialog ends a plan once all are cancelled and its invoices are paid."),
  do: "Give notice",
  keep: "Keep the plan",
  done: say<[day: string]>("Notice is noted; the last day is {0}"),
};

export const keptPrice = {
  head: "Prices it keeps",
  button: "Kept price…",
  card: "the card’s price again",
  title: say<[channel: string]>("Licence price that {0} keeps"),
  lead: "360Dialog guarantees some numbers their price. It holds for months that are open.",
  tier: "Tier",
  price: "Price a month",
  priceHint: "Empty: the card’s price again",
  from: "From month",
  fromHint: "Empty: the first open month",
  reason: "Why",
  reasonHint: "For whoever looks at it later",
  save: "Keep the price",
  saved: say<[channel: string]>("The price of {0} is noted"),
  line: say<[tier: string, price: string, month: string]>("{0}: {1}, from {2}"),
};

export const volumeFile = {
  bringIn: "Import volume positions…",
  title: "Volume positions from a file",
  file: say<[name: string, rows: string]>("{0}, {1}. Nothing is booked yet."),
  rows: say<[n: number]>("{0|row|rows}"),
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
  changes: say<[amount: string]>("Charges of open months change by {0}."),
  unknown: say<[names: string]>("Columns left aside: {0}"),
  nothing: "Nothing new is in this file",
  other: "Choose another…",
  book: say<[n: number]>("Book {0|position|positions}"),
  booked: say<[n: number]>("{0|position was|positions were} booked, and open months priced anew"),
};
