// The choices that the book speaks of, in words.

import { say } from "../say";

export const model = { "partner-paid": "Partner-Paid", "direct-paid": "Direct-Paid" };
export const modelShort = { "partner-paid": "Shared balance", "direct-paid": "A balance a channel" };
export const plan = { growth: "Growth", premium: "Premium" };
export const payBy = { card: "Card", pix: "Pix", boleto: "Boleto" };
export const tier = { "regular": "Regular", "premium": "Premium", "higher-throughput": "Higher Throughput" };
export const topUpKind = { manual: "Manual", auto: "Automatic", emergency: "Emergency" };
export const topUpBy = { manual: "manual", auto: "automatic", emergency: "emergency" };
export const topUpName = { manual: "Top-up", auto: "Automatic top-up", emergency: "Emergency top-up" };
export const refundTo = { balance: "Back to the balance", bank: "Paid out" };

export const category = {
  marketing: "Marketing",
  marketing_lite: "Marketing Lite",
  utility: "Utility",
  authentication: "Authentication",
  authentication_international: "Authentication, international",
  service: "Service",
  call: "Calls",
};

export const chargeKind = {
  "messages": "Messages",
  "calls": "Calls",
  "plan": "Partner plan",
  "licence": "Licence",
  "pro-rata-licence": "Pro-rata licence",
};

/** How a channel stands, as a choice. */
export const channelStands = {
  starting: "Starts later",
  active: "Active",
  ending: "Cancelled, still runs",
  ended: "Ended",
};

export const channelState = {
  starting: say<[day: string]>("Starts {0}"),
  active: "Active",
  ending: say<[day: string]>("Ends {0}"),
  ended: say<[day: string]>("Ended {0}"),
};

export const movement = {
  "opening": "Opening balance",
  "top-up": "Top-up",
  "usage": "Usage",
  "refund-to-balance": "Refund to the balance",
  "paid-out": "Refund paid out",
  "settled-by-invoice": "Settled by invoice",
  "rounding": "Rounding at the close",
  "reconciliation": "Late usage of a closed month",
};

export const state = {
  paused: "Paused",
  pausedLong: "Messages and calls are paused until a top-up",
  running: "Running",
  low: "Low",
  closed: say<[day: string]>("Closed {0}"),
  inUse: "In use",
  unrated: "Unrated",
  waived: "Waived",
  free: "Free",
  reported: "reported",
  none: "none",
  notYet: "Starts later",
};

export const lasts = {
  days: say<[n: number]>("{0|day|days}"),
  long: "60+ days",
  low: say<[n: number]>("Low, {0|day|days}"),
  until: say<[n: number, day: string]>("Lasts {0|day|days}, until {1}"),
  untilLong: "Lasts more than 60 days",
};

export const vat = {
  "standard": "19 %, as the company is taxed in Germany",
  "reverse-charge": "None: reverse charge, the company has an EU VAT ID",
  "outside-eu": "None: the company is outside the EU",
};

export const vatShort = {
  "standard": "VAT 19 %",
  "reverse-charge": "Reverse charge",
  "outside-eu": "No VAT",
};

/** Rules that 360Dialog has not published, and the partner’s own choice, by their name in the book. */
export const rule: Record<string, string> = {
  "proration": "Licence from mid-month",
  "plan-first-month": "First month of the plan",
  "upgrade": "Dearer tier or plan within a month",
  "higher-throughput": "Higher Throughput",
  "termination-day": "Termination day",
  "card-fee-on": "Card fee on",
  "vat-on": "VAT falls on",
  "free-service-messages": "1,000 free service messages",
  "plan-notice": "Plan ends, after notice",
  "outdated-card": "Charges without a card of their day",
};

/** Their choices; `rule=choice` where a choice alone would not say enough. */
export const ruleValue: Record<string, string> = {
  "proration=from-start-day": "Price × days left, the first day counts",
  "proration=after-start-day": "Price × days left, the first day is free",
  "proration=whole-month": "The month whole",
  "plan-first-month=pro-rata": "Pro-rata from the hub’s first day",
  "plan-first-month=whole-month": "The month whole",
  "upgrade=pro-rata": "The difference, pro-rata from its day",
  "upgrade=next-month": "From the next 1st",
  "higher-throughput=replaces-premium": "249 in place of Premium’s 49",
  "higher-throughput=adds-to-premium": "249 besides Premium’s 49",
  "termination-day=last-day": "It is the channel’s last day",
  "termination-day=day-after": "It is the first day without the channel",
  "card-fee-on=shortfall": "What the month closing leaves to pay",
  "card-fee-on=shortfall-and-fees": "The same, and plan and licence invoices",
  "card-fee-on=nothing": "Nothing",
  "vat-on=top-up": "The top-up",
  "vat-on=usage": "The usage of the month",
  "free-service-messages=on": "Counted, a number and month, from October 2026",
  "free-service-messages=off": "Not counted",
  "plan-notice=thirty-days": "30 days later, at the end of that month",
  "plan-notice=following-month": "At the end of the following month",
  "outdated-card=unrated": "Unrated until the card comes in",
  "outdated-card=estimate": "Estimated from the last card, and marked so",
};

export const unpublished = "360Dialog has not published this rule. The book assumes it, and it can be changed for months that are open.";

export const invoiceKind = {
  "partner-plan": "Partner plan",
  "licence": "Licence fees",
  "pro-rata-licence": "Pro-rata licence",
  "top-up": "Top-up",
  "month-closing": "Month closing",
};

export const invoiceTitle = {
  "partner-plan": "Partner plan invoice",
  "licence": "Licence invoice",
  "pro-rata-licence": "Pro-rata licence invoice",
  "top-up": "Top-up invoice",
  "month-closing": "Month closing invoice",
};

export const line = {
  "plan": "Partner plan",
  "plan-upgrade": "Plan upgrade",
  "licence": "Licence",
  "pro-rata-licence": "Pro-rata licence",
  "tier-upgrade": "Tier upgrade",
  "late-licence": "Late licence",
  "top-up": "Top-up",
  "messages": "WhatsApp messages",
  "calls": "WhatsApp calls",
  "usage-reconciliation": "Usage reconciliation",
  "settled-with-balance": "Settled with credit balance",
  "earlier-shortfall": "Shortfall of earlier months",
  "credited-to-balance": "Credited to the balance",
  "card-fee": "Transaction fee",
};

export const reason = {
  "customer-service-window": "Free: sent within the customer service window.",
  "free-entry-point": "Free: the chat came in through a free entry point.",
  "service-is-free": "Free: service messages cost nothing on this day.",
  "free-allowance": "Free: within the first 1,000 service messages of the number and month.",
  "no-card": "No card in this book prices it on this day.",
  "card-outdated": "Meta changed its prices, and this book has no newer card.",
  "market-not-on-card": "The market is not on the card that holds on this day.",
  "estimated-by-last-card": "An estimate: the book has no card of this currency since Meta changed its prices, so the last card’s rate is charged.",
  "volume-unknown": "An estimate: the list price, as nobody has told how much the month had counted for volume steps.",
  "waived": "Let go by hand.",
};
