import { expect, test } from "vitest";
import { timeLeft } from "../src/tasks/job.svelte";

// What is left is what went by, times what is to come over what is done.
test.each([
  [50, 10_000, "about 10 seconds left"], [25, 10_000, "about 30 seconds left"], [43, 10_000, "about 15 seconds left"], [90, 9_000, "about 1 second left"], [10, 60_000, "about 9 minutes left"],
  [2, 60_000, ""], [50, 500, ""], [100, 10_000, ""],
])("%s %% after %s ms: %s", (percent, ms, said) => expect(timeLeft(percent, ms)).toBe(said));
