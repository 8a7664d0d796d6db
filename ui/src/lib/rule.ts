// Billing rules by their names in words. A rule the dictionary does not know shows its own name.

import { t } from "./words";

const readable = (name: string): string => {
  const words = name.replace(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const ruleName = (rule: string): string => t.rule[rule] ?? readable(rule);

export const ruleValue = (rule: string, value: string): string =>
  t.ruleValue[`${rule}=${value}`] ?? t.ruleValue[value] ?? readable(value);
