// By what charges can be filtered, in the order of the chips. A day belongs to one month and so to no
// saved view.

export const CHIPS = ["day", "client", "channel", "category", "market", "kind", "unrated"] as const;
export const FILTERS: string[] = CHIPS.filter((name) => name !== "day");
