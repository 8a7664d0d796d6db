// The file that a dialog is about: the one that was dropped or named, or the one that is chosen now.

import { chooseOpenPath, type PathKind } from "../api";
import { end } from "./task.svelte";

/** None where a person chose none; then the dialog has ended. */
export async function pick(kind: PathKind, given?: string): Promise<string | null> {
  if (given) return given;
  const chosen = await chooseOpenPath(kind);
  if (chosen.ok && chosen.data) return chosen.data;
  end();
  return null;
}
