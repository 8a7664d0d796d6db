// The choices of select fields, in words.

import type { PayByWord, PlanWord, TierWord, TopUpWord } from "../api";
import { t } from "../lib/words";

const of = <K extends string>(words: Record<K, string>): { value: K; label: string }[] =>
  (Object.keys(words) as K[]).map((value) => ({ value, label: words[value] }));

export const options = {
  currency: [{ value: "EUR", label: "EUR" }, { value: "USD", label: "USD" }],
  plan: of<PlanWord>(t.plan),
  payBy: of<PayByWord>(t.payBy),
  tier: of<TierWord>(t.tier),
  topUp: of<TopUpWord>(t.topUpKind),
};
