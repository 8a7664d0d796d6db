// The choices of select fields, in words.

import type { PayByWord, PlanWord, TierWord, TopUpWord } from "../api";
import { t } from "../lib/words";

const of = <K extends string>(words: Record<K, string>): { value: K; label: string }[] =>
  (Object.keys(words) as K[]).map((value) => ({ value, label: words[value] }));

/** Asked for when they are shown: the language may change. */
export const options = {
  currency: [{ value: "EUR", label: "EUR" }, { value: "USD", label: "USD" }],
  get plan() { return of<PlanWord>(t.plan); },
  get payBy() { return of<PayByWord>(t.payBy); },
  get tier() { return of<TierWord>(t.tier); },
  get topUp() { return of<TopUpWord>(t.topUpKind); },
};
