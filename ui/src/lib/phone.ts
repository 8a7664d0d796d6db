// Phone numbers are kept as digits and shown with spaces, so that they can be read aloud.

/** +49 351 5550 200: the country's code apart, the rest in threes and fours. */
export function phone(text: string): string {
  const digits = text.replace(/[^\d]/g, "");
  if (digits.length < 7 || text.trim().includes(" ")) return text;
  const code = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.exec(digits)?.[0] ?? digits.slice(0, 3);
  return `+${code} ${grouped(digits.slice(code.length))}`;
}

function grouped(digits: string): string {
  if (digits.length <= 4) return digits;
  const size = digits.length % 4 === 1 || digits.length % 4 === 2 ? 3 : 4;
  return `${digits.slice(0, 3)} ${grouped4(digits.slice(3), size)}`;
}

function grouped4(digits: string, size: number): string {
  if (digits.length <= size + 1) return digits;
  return `${digits.slice(0, size)} ${grouped4(digits.slice(size), size)}`;
}
