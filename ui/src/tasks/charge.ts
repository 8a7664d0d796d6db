// A charge in one sentence, for the dialogs that decide about it.

import type { ChargeView } from "../api";
import { day } from "../lib/date";
import { count } from "../lib/number";
import { phone } from "../lib/phone";
import { t } from "../lib/words";

export function inWords(charge: ChargeView): string {
  const what = charge.kind === "calls" ? t.balance.pulses(count(charge.quantity)) : t.balance.messages(count(charge.quantity));
  const who = charge.channel ? charge.channel.name || phone(charge.channel.phone) : "";
  const category = charge.category && charge.kind !== "calls" ? t.category[charge.category] : "";
  return [who, `${what}${category ? `, ${category.toLowerCase()}` : ""}`, charge.market || charge.country || "", day(charge.day)].filter(Boolean).join(", ");
}
