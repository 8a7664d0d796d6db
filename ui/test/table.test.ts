import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { type Column, fitting, inSight, MOST_ROWS, offsets, overflows, template, withHead } from "../src/parts/table";
import Ledger from "./Ledger.svelte";
import Rows from "./Rows.svelte";

const rows = ["g1", "a", "b", "g2", "c", "d"].map((key) => ({ key, group: key.startsWith("g") }));

describe("a table by keyboard", () => {
  test.each([
    // keys, where they lead
    [["ArrowDown"], "a"], [["j", "j"], "b"], [["j", "j", "j"], "c"], [["End"], "d"], [["End", "k"], "c"], [["End", "Home"], "a"], [["End", "ArrowDown"], "d"], [["Home", "ArrowUp"], "a"], [["PageDown"], "a"],
  ])("%j leads to %s", async (keys, place) => {
    render(Rows, { rows, onopen: vi.fn() });
    const grid = screen.getByRole("grid");
    for (const key of keys) await fireEvent.keyDown(grid, { key });
    expect(screen.getByTestId("active").textContent).toBe(place);
  });

  test("Enter opens the row, a group never", async () => {
    const onopen = vi.fn();
    render(Rows, { rows, onopen });
    const grid = screen.getByRole("grid");
    await fireEvent.keyDown(grid, { key: "Enter" });
    expect(onopen).not.toHaveBeenCalled();
    await fireEvent.keyDown(grid, { key: "j" });
    await fireEvent.keyDown(grid, { key: "Enter" });
    expect(onopen).toHaveBeenCalledWith("a");
  });

  test("marked rows are copied as they stand in the table, a line each", async () => {
    const writeText = vi.fn();
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
    render(Rows, { rows, onopen: vi.fn() });
    const grid = screen.getByRole("grid");
    const press = (key: string, more = {}) => fireEvent.keyDown(grid, { key, ...more });
    await press("End");
    await press("x");
    await press("Home");
    await press("ArrowDown", { shiftKey: true });
    await press("c", { ctrlKey: true });
    expect(writeText).toHaveBeenLastCalledWith("a\nb\nd");
    expect(screen.getAllByRole("row", { selected: true }).length).toBe(3);
    await press("Escape");
    await press("c", { ctrlKey: true });
    expect(writeText).toHaveBeenLastCalledWith("b");
    vi.unstubAllGlobals();
  });

  test("S sorts by the next column, the arrows choose another, and Shift with S turns it around", async () => {
    const sums = [["a", "Elbe", "3.00"], ["b", "Alster", "20.00"], ["c", "Weser", "1.00"]].map(([key, name, amount]) => ({ key: key!, name: name!, amount: amount!, day: "2026-09-01" }));
    render(Ledger, { rows: sums });
    const grid = screen.getByRole("grid");
    const order = () => screen.getAllByRole("row").slice(1).map((row) => row.textContent!.trim().split(/\s+/)[0]);
    const sorted = () => screen.getAllByRole("columnheader").map((head) => head.getAttribute("aria-sort")?.[0] ?? "-").join("");
    expect(grid.dataset["keys"]).toBe("J K ↵ S");
    for (const [key, by, first, told] of [
      // Nothing is sorted yet: an arrow alone does nothing.
      ["ArrowRight", "---", "Elbe", ""],
      ["s", "a--", "Alster", "Sorted by Name, ascending"],
      ["S", "d--", "Weser", "Sorted by Name, descending"],
      ["ArrowLeft", "--a", "Weser", "Sorted by Amount, EUR, ascending"],
      ["S", "--d", "Alster", "Sorted by Amount, EUR, descending"],
      ["s", "a--", "Alster", "Sorted by Name, ascending"],
      // Another key ends the choice.
      ["j", "a--", "Alster", "Sorted by Name, ascending"],
      ["ArrowRight", "a--", "Alster", "Sorted by Name, ascending"],
      ["s", "-a-", undefined, "Sorted by Day, ascending"],
    ] as const) {
      await fireEvent.keyDown(grid, { key });
      expect(sorted(), key).toBe(by);
      if (first) expect(order()[0], key).toContain(first);
      expect(screen.getByRole("status").textContent, key).toBe(told);
    }
  });

  test("only what is in sight is drawn", () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({ key: `row ${at}`, group: false }));
    render(Rows, { rows: many, onopen: vi.fn() });
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("5001");
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
  });
});

test("however tall the place claims to be, few rows are drawn", () => {
  const starts = offsets(Array.from({ length: 100_000 }), () => 32);
  const [from, to] = inSight(starts, 32_000, 2_800_000, 4);
  expect(from).toBe(996);
  expect(to - from).toBe(MOST_ROWS);
});

test("columns of the lowest rank go first, one without a rank stays", () => {
  const columns: Column<null>[] = [{ key: "name", head: "" }, { key: "a", head: "", width: 100, rank: 2 }, { key: "b", head: "", width: 100, rank: 1 }, { key: "sum", head: "", width: 100 }];
  const keys = (width: number) => fitting(columns, width, 16).map((column) => column.key);
  expect(keys(1000)).toEqual(["name", "a", "b", "sum"]);
  expect(keys(460)).toEqual(["name", "a", "sum"]);
  expect(keys(200)).toEqual(["name", "sum"]);
});

test("without room for those that must stay, words give way and amounts do not", () => {
  const columns: Column<null>[] = [{ key: "name", head: "" }, { key: "state", head: "", width: 132 }, { key: "sum", head: "", width: 100, end: true }];
  expect(overflows(columns, 436, 16)).toBe(false);
  expect(overflows(columns, 435, 16)).toBe(true);
  expect(template(columns, true).split(" ").slice(-3)).toEqual(["minmax(0,", "132px)", "100px"]);
  expect(template(columns).split(" ").slice(-2)).toEqual(["132px", "100px"]);
});

test("a column has room for its head, and the one that takes the rest stays as it is", () => {
  const wide = (head: string, more: Partial<Column<string>>) => withHead({ key: "x", head, ...more }).width;
  expect(wide("Used", { width: 80 })).toBe(80);
  expect(wide("Verbraucht im September", { width: 80 })).toBeGreaterThan(130);
  expect(wide("Verbraucht im September", {})).toBeUndefined();
});
