// What a person has begun to do in a dialog, from whichever screen. One at a time.

import type { ActivityView, ChannelLabelView, ChannelView, ChargeView, ChartAccountView, ChartWord, ClientInvoiceDetailView, ClientInvoiceView, ClientSumView, CloseView, HubInvoiceView, HubView, ReverseForm } from "../api";
import type { AutoRenewalView } from "../api";
import type { ShownTable } from "../lib/tables.svelte";
import type { Papers } from "./export";

export type Task =
  | { kind: "keys" | "check" | "usage" | "hub-add" | "new-book" | "about" | "dropped" | "views" }
  | { kind: "parties" | "volume-file" | "prices" | "markets"; path?: string }
  | { kind: "refused"; title: string; text: string }
  | { kind: "view"; table: ShownTable }
  | { kind: "hub-edit" | "rules" | "pay-by" | "hub-close"; hub: HubView }
  | { kind: "opening"; hub: HubView; channel?: ChannelView }
  | { kind: "auto-renewal"; hub: HubView; channel?: ChannelLabelView; now: AutoRenewalView | null }
  | { kind: "client"; client?: ClientSumView }
  | { kind: "volume"; client: ClientSumView; month: string }
  | { kind: "channel"; channel?: ChannelView; client?: string; id?: string }
  | { kind: "channel-cancel"; channel: ChannelView }
  | { kind: "top-up" | "refund"; channel?: string }
  | { kind: "price" | "waive"; charge: ChargeView }
  | { kind: "undo"; act?: ActivityView }
  | { kind: "reverse"; of: ReverseForm }
  | { kind: "chart-account"; account: ChartAccountView }
  | { kind: "chart-use"; chart: ChartWord }
  | { kind: "vendor-number"; invoice: HubInvoiceView }
  | { kind: "plan-notice"; hub: HubView }
  | { kind: "keep-price"; channel: ChannelView }
  | { kind: "export"; papers: Papers }
  | { kind: "client-payment"; invoice: ClientInvoiceView }
  | { kind: "credit"; detail: ClientInvoiceDetailView }
  | { kind: "statement"; hub: string | null; channel: string | null; month: string; name: string }
  | { kind: "reminder"; client: { id: string; name: string } }
  | { kind: "billing"; client: { id: string; name: string } }
  | { kind: "close-month"; view: CloseView };

class Current {
  task = $state.raw<Task | null>(null);
}

export const current = new Current();

export function start(task: Task): void {
  current.task = task;
}

export function end(): void {
  current.task = null;
}
