// Stands in for the shell: each command is answered by a made-up book.
import { answer, Refused } from "./answer";

export async function invoke(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
  await new Promise((go) => setTimeout(go, 5));
  try {
    return structuredClone(await answer(command, args));
  } catch (thrown) {
    if (thrown instanceof Refused) throw { code: thrown.code, message: thrown.message, field: thrown.field, details: thrown.details, because: [] };
    throw thrown;
  }
}
