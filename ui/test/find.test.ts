// What the palette finds: a test of each kind of thing, over the made-up book.

import { beforeAll, describe, expect, test, vi } from "vitest";
import type { BookView, FoundView } from "../src/api";
import { entriesOf, nothing, search, type Entry } from "../src/frame/find";
import { phone } from "../src/lib/phone";
import { answer } from "./mock/answer";
import { fill } from "./mock/world";

const doors = { go: vi.fn(), start: vi.fn(), phone, choose: vi.fn(), month: vi.fn(), today: "2026-09-22" };
let all: Entry[] = [];
let book: BookView;

beforeAll(async () => {
  fill();
  book = (await answer("book_view", {})) as BookView;
  const found = (await answer("find", { form: { hub: null, text: "", ids: [], amount: "", invoices: true, limit: 1000 } })) as FoundView;
  all = entriesOf(book, false, book.hubs[0], found, doors);
});

const found = (text: string): Entry[] => search(all, text).flatMap((group) => group.entries);
const groups = (text: string): string[] => search(all, text).map((group) => group.name);

describe("the palette finds", () => {
  test.each([
    // what is typed, the group it is found in, and the words of what is found
    ["ledg", "Screens", "Ledger"], ["month cl", "Screens", "Month close"],
    ["top up", "Actions", "Top up…"], ["import us", "Actions", "Import usage…"], ["hide am", "Actions", "Hide amounts"],
    ["kliniken", "Clients", "Kliniken am Elbufer gGmbH"], ["usd", "Hubs", "Nordlicht USD"], ["nrdu2m", "Hubs", "Nordlicht USD"],
    ["oct 2025", "", ""], ["july 20", "Months", "July 2026"], ["2026-08", "Months", "August 2026"], ["08/2026", "Months", "August 2026"],
  ])("%s: %s, %s", (typed, group, label) => {
    if (!label) return expect(groups(typed)).not.toContain("Months");
    expect(groups(typed)).toContain(group);
    expect(found(typed).map((entry) => entry.label)).toContain(label);
  });

  test("a channel by its name, its id, its client and its phone number however it is written", () => {
    const channel = all.find((entry) => entry.group === "Channels")!;
    const number = (channel.also ?? "").split(" ")[1]!;
    for (const typed of [channel.label, channel.key, number, `+${number.slice(0, 2)} ${number.slice(2, 5)} ${number.slice(5)}`, `${number.slice(-7, -4)}-${number.slice(-4)}`])
      expect(found(typed).map((entry) => entry.key), typed).toContain(channel.key);
  });

  test("an invoice by 360Dialog's number, by ours, and by its amounts", () => {
    expect(found("360-2026-076300").map((entry) => entry.group)).toEqual(["Invoices"]);
    const own = all.find((entry) => entry.key === "2026/0001")!;
    expect(found("2026/0001")[0]!.key).toBe("2026/0001");
    const amount = /(\d+\.\d+) \S+$/.exec(own.also ?? "")![1]!;
    const [whole = "", cents = ""] = amount.split(".");
    for (const typed of [amount, `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${cents}`, `${whole}.${cents.slice(0, 2)}`])
      expect(found(typed).map((entry) => entry.key), typed).toContain("2026/0001");
  });

  test("nothing where there is nothing, and runs what is chosen", () => {
    expect(found("zeppelin")).toEqual([]);
    found("july 2026").find((entry) => entry.group === "Months")!.run();
    expect(doors.month).toHaveBeenCalledWith("2026-07");
    found("top up").find((entry) => entry.group === "Actions")!.run();
    expect(doors.start).toHaveBeenCalledWith({ kind: "top-up" });
  });

  test("no action where a book is open to read only", () => {
    const reading = entriesOf(book, true, book.hubs[0], nothing, doors);
    expect(reading.map((entry) => entry.key)).not.toContain("top-up");
    expect(reading.map((entry) => entry.key)).toContain("keys");
  });
});
