// A channel's usage of a month by category, added up exactly from its charges.

import { charges, type CategoryWord, type ChannelView } from "../../api";
import { micros, plain } from "../../lib/money";

export type UsageOf = { category: CategoryWord; quantity: string; amount: string };

const PAGE = 1000;

export async function chargesOf(channel: ChannelView, month: string): Promise<UsageOf[]> {
  const sums = new Map<CategoryWord, { quantity: bigint; amount: bigint }>();
  let after: string | null = null;
  do {
    const form = { hub: channel.hub, month, day: null, client: null, channel: channel.id, category: null, market: null, unrated: false, sort: null, after, limit: PAGE };
    const found = await charges(form);
    if (!found.ok) return [];
    for (const charge of found.data.rows) {
      if (!charge.category) continue;
      const sum = sums.get(charge.category) ?? { quantity: 0n, amount: 0n };
      sum.quantity += BigInt(charge.quantity);
      if (charge.amount) sum.amount += micros(charge.amount.amount);
      sums.set(charge.category, sum);
    }
    after = found.data.next;
  } while (after);
  return [...sums].map(([category, sum]) => ({ category, quantity: String(sum.quantity), amount: plain(sum.amount) }));
}
