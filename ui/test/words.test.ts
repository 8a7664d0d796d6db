import { expect, test } from "vitest";
import { refusal } from "../src/api/errors";
import { t } from "../src/lib/words";

const FORBIDDEN = /\b(error|invalid|failed|oops|please|wallet|void|sync)\b|!/i;

test("every refusal says something, with its details and without blame", () => {
  for (const [code, say] of Object.entries(t.refusals)) {
    const words = say("one", "two", "three");
    expect(words, code).toBeTruthy();
    expect(words, code).not.toMatch(/undefined/);
    expect(words, code).not.toMatch(FORBIDDEN);
  }
});

test("no word of the window is blank or blames", () => {
  const look = (value: unknown, at: string): void => {
    if (typeof value === "string") {
      expect(value.trim(), at).not.toBe("");
      expect(value, at).not.toMatch(FORBIDDEN);
    } else if (value && typeof value === "object") for (const [key, one] of Object.entries(value)) look(one, `${at}.${key}`);
  };
  look(t, "t");
});

test("a refusal names its field, and an unknown one keeps its own sentence", () => {
  expect(refusal({ code: "id-taken", message: "", field: "id", details: ["NrdE7kPA"], because: [] })).toMatchObject({ field: "id", text: "The id NrdE7kPA is taken. Use the one that 360Dialog shows for it." });
  expect(refusal({ code: "system", message: "The folder is gone.", field: null, details: [], because: [] }).text).toBe("The folder is gone.");
});
