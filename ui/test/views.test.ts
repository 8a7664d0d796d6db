import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { requery } from "../src/lib/route.svelte";
import { inOrder, ranked } from "../src/lib/sort";
import { filtersOf, tables, viewsOf } from "../src/lib/tables.svelte";
import { views } from "../src/lib/views.svelte";
import { sorted } from "../src/parts/table";
import Ledger from "./Ledger.svelte";

const rows = [
  { key: "g1", name: "Alster", amount: "", day: "" },
  { key: "a", name: "Zoo", amount: "9.500000", day: "2026-09-02", group: "Alster" },
  { key: "b", name: "Änderung", amount: "-12.345678", day: "2026-10-01", group: "Alster" },
  { key: "c", name: "Bote", amount: "110.000000", day: "2026-09-30", group: "Alster" },
  { key: "g2", name: "Bille", amount: "", day: "" },
  { key: "d", name: "Café", amount: "2.000000", day: "2026-08-01", group: "Bille" },
];
const names = (): string[] => screen.getAllByRole("row").slice(1).map((row) => within(row).getAllByRole("gridcell")[0]!.textContent!.trim());
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

const written = (): string[][] => tables.main!.rows();

beforeEach(() => {
  localStorage.clear();
  views.open("/books/nord.hubbook");
  tables.doors = { save: vi.fn(), keep: vi.fn(), manage: vi.fn(), show: vi.fn() };
});
afterEach(() => { requery({}); tables.doors = null; });

test("rows are ordered by what stands in the column: amounts by their size, names as the language has it, nothing last", () => {
  expect(["2.50", "-12.345678", "110.00", "", "9.5"].map(ranked).sort(inOrder).map((one) => one.text)).toEqual(["-12.345678", "2.50", "9.5", "110.00", ""]);
  expect(["Zoo", "Änderung", "Bote"].map(ranked).sort(inOrder).map((one) => one.text)).toEqual(["Änderung", "Bote", "Zoo"]);
  expect(sorted([3, 1, 0, 5, 4], (a, b) => a - b, (n) => n === 0)).toEqual([1, 3, 0, 4, 5]);
});

describe("a table", () => {
  test("sorts within its groups, both ways, by the head", async () => {
    render(Ledger, { rows });
    await press("Amount, EUR");
    expect(names()).toEqual(["Alster", "Änderung", "Zoo", "Bote", "Bille", "Café"]);
    expect(screen.getByRole("columnheader", { name: /^Amount/ }).getAttribute("aria-sort")).toBe("ascending");
    await press(/^Amount, EUR/);
    expect(names()).toEqual(["Alster", "Bote", "Zoo", "Änderung", "Bille", "Café"]);
    await press("Name");
    expect(names()).toEqual(["Alster", "Änderung", "Bote", "Zoo", "Bille", "Café"]);
  });

  test("is written as it is shown: its sort, the columns that are chosen, exact amounts, no head of a group", async () => {
    render(Ledger, { rows });
    expect(await written()).toEqual([
      ["Name", "Client", "Day", "Amount, EUR"],
      ["Zoo", "Alster", "2026-09-02", "9.500000"],
      ["Änderung", "Alster", "2026-10-01", "-12.345678"],
      ["Bote", "Alster", "2026-09-30", "110.000000"],
      ["Café", "Bille", "2026-08-01", "2.000000"],
    ]);
    await press("Amount, EUR");
    await press("Columns, views and CSV");
    await fireEvent.click(screen.getByRole("menuitemcheckbox", { name: "Day" }));
    expect(screen.queryByRole("columnheader", { name: "Day" })).toBeNull();
    expect(await written()).toEqual([
      ["Name", "Client", "Amount, EUR"],
      ["Änderung", "Alster", "-12.345678"],
      ["Zoo", "Alster", "9.500000"],
      ["Bote", "Alster", "110.000000"],
      ["Café", "Bille", "2.000000"],
    ]);
  });

  test("remembers which columns are hidden, and shows them again", async () => {
    const first = render(Ledger, { rows });
    await press("Columns, views and CSV");
    await fireEvent.click(screen.getByRole("menuitemcheckbox", { name: "Day" }));
    // The name stays: without it a row says nothing.
    expect(screen.queryByRole("menuitemcheckbox", { name: "Name" })).toBeNull();
    first.unmount();
    render(Ledger, { rows });
    expect(screen.queryByRole("columnheader", { name: "Day" })).toBeNull();
    await press("Columns, views and CSV");
    await fireEvent.click(screen.getByRole("menuitemcheckbox", { name: "Day" }));
    expect(screen.getByRole("columnheader", { name: "Day" })).toBeTruthy();
  });

  test("hands itself to what saves files and views", async () => {
    render(Ledger, { rows });
    await press("Columns, views and CSV");
    await fireEvent.click(screen.getByRole("menuitem", { name: "Save what is shown as CSV…" }));
    expect(tables.doors!.save).toHaveBeenCalledWith(tables.main);
    await press("Columns, views and CSV");
    await fireEvent.click(screen.getByRole("menuitem", { name: "Save this view…" }));
    expect(tables.doors!.keep).toHaveBeenCalledWith(tables.main);
  });
});

describe("a saved view", () => {
  const keep = (name: string) => views.keep({ name, screen: "charges", table: "sums", query: filtersOf(tables.main!.keeps!), look: tables.main!.look() });

  test("brings filters, sort and columns back, also where its table comes later", async () => {
    requery({ client: "alsterCL", invoice: "7" });
    const shown = render(Ledger, { rows });
    await press("Amount, EUR");
    await press("Columns, views and CSV");
    await fireEvent.click(screen.getByRole("menuitemcheckbox", { name: "Day" }));
    expect(keep("Smallest first")).toBe(false);
    const view = views.all[0]!;
    // What is open beside the table is no filter.
    expect(view).toMatchObject({ query: { client: "alsterCL" }, look: { hidden: ["day"], sort: { key: "amount", down: false } } });
    expect(viewsOf(tables.main!)).toEqual([{ view, on: true }]);
    await press("Name");
    await fireEvent.click(screen.getByRole("menuitemcheckbox", { name: "Day" }));
    expect(viewsOf(tables.main!)[0]!.on).toBe(false);

    shown.unmount();
    tables.await(view);
    render(Ledger, { rows });
    expect((await screen.findByRole("columnheader", { name: /^Amount/ })).getAttribute("aria-sort")).toBe("ascending");
    expect(names()).toEqual(["Alster", "Änderung", "Zoo", "Bote", "Bille", "Café"]);
    expect(screen.queryByRole("columnheader", { name: "Day" })).toBeNull();
  });

  test("is kept for its book, replaced by one of its name, renamed, deleted and put back", () => {
    render(Ledger, { rows });
    keep("One");
    keep("Two");
    expect(keep("One")).toBe(true);
    views.open("/books/other.hubbook");
    expect(views.all).toEqual([]);
    views.open("/books/nord.hubbook");
    expect(views.all.map((view) => view.name)).toEqual(["Two", "One"]);
    const [two] = views.all;
    views.rename(two!.id, "Second");
    views.open("/books/nord.hubbook");
    expect(views.all.map((view) => view.name)).toEqual(["Second", "One"]);
    const second = views.all[0]!;
    views.remove(second.id);
    expect(views.all.map((view) => view.name)).toEqual(["One"]);
    views.putBack(second, 0);
    expect(views.all.map((view) => view.name)).toEqual(["Second", "One"]);
    expect(new Set(views.all.map((view) => view.id)).size).toBe(2);
  });

  test("that can't be read is left out, and no more", () => {
    localStorage.setItem("hubledger.views:/books/torn.hubbook", "[{\"id\":\"1\"},");
    views.open("/books/torn.hubbook");
    expect(views.all).toEqual([]);
    localStorage.setItem("hubledger.views:/books/torn.hubbook", JSON.stringify([{ id: "1" }, { id: "2", name: "Whole", screen: "charges", table: "sums", query: {}, look: { hidden: [], sort: null } }]));
    views.open("/books/torn.hubbook");
    expect(views.all.map((view) => view.name)).toEqual(["Whole"]);
  });
});
