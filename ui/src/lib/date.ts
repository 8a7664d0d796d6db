// Days are `YYYY-MM-DD` and months `YYYY-MM`, as text, without a time zone: a day here is the day
// that stands on paper.

import { locale, t } from "./words";

// Names of months stand in the dictionaries, as Intl says them: it would take a megabyte and some
// milliseconds of every start to say the few that the first screen needs.
const nameOf = (months: string, { month }: Parts): string => months.split(" ")[month - 1] ?? "";
const shortMonth = (of: Parts): string => nameOf(t.form.monthsShort, of);
const longMonth = (of: Parts): string => nameOf(t.form.months, of);

type Parts = { year: number; month: number; day: number };

function parts(text: string): Parts {
  const [year = 0, month = 1, day = 1] = text.split("T")[0]!.split("-").map(Number);
  return { year, month, day };
}

const utc = ({ year, month, day }: Parts): Date => new Date(Date.UTC(year, month - 1, day));
const two = (value: number): string => String(value).padStart(2, "0");
const iso = (date: Date): string =>
  `${String(date.getUTCFullYear()).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;

/** 22 Sep 2026 */
export function day(text: string): string {
  const p = parts(text);
  return t.form.day(String(p.day), shortMonth(p), String(p.year));
}

/** 22 September 2026 */
export function longDay(text: string): string {
  const p = parts(text);
  return t.form.day(String(p.day), longMonth(p), String(p.year));
}

/** 22 Sep */
export function dayOfMonth(text: string): string {
  const p = parts(text);
  return t.form.dayOfMonth(String(p.day), shortMonth(p));
}

/** Tuesday */
export const dayOfWeek = (text: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(utc(parts(text)));

/** September 2026 */
export function monthName(text: string): string {
  const p = parts(`${text}-01`);
  return t.form.month(longMonth(p), String(p.year));
}

/** September */
export const monthWord = (text: string): string => longMonth(parts(`${text}-01`));

/** Sep */
export const monthShort = (text: string): string => shortMonth(parts(`${text}-01`));

/** An instant such as `2026-09-01T08:12:00`, as day and time. */
export function moment(text: string): string {
  const time = /[T ](\d\d:\d\d)/.exec(text)?.[1];
  return time ? t.form.dayAndTime(day(text.slice(0, 10)), time) : day(text.slice(0, 10));
}

/** An instant in UTC, `2026-09-01T08:12:00Z`, as the day and time on this computer. */
export function localMoment(utc: string): string {
  const at = new Date(utc);
  return moment(`${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`);
}

/** When a day begins on this computer, as an instant in UTC. */
export function beginOf(text: string): string {
  const { year, month, day } = parts(text);
  return `${new Date(year, month - 1, day).toISOString().slice(0, 19)}Z`;
}

/** The month some months before or after. */
export function addMonths(text: string, by: number): string {
  const p = parts(`${text}-01`);
  return iso(new Date(Date.UTC(p.year, p.month - 1 + by, 1))).slice(0, 7);
}

/** The day some days before or after. */
export function addDays(text: string, by: number): string {
  const p = parts(text);
  return iso(new Date(Date.UTC(p.year, p.month - 1, p.day + by)));
}

export const monthOf = (dayText: string): string => dayText.slice(0, 7);
export const firstDay = (monthText: string): string => `${monthText}-01`;
export const lastDay = (monthText: string): string => addDays(firstDay(addMonths(monthText, 1)), -1);

/** How many days lie between two days. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(parts(to)).getTime() - utc(parts(from)).getTime()) / 86_400_000);
}

/** 1–22 Sep, or 1 Aug – 3 Sep */
export function range(from: string, to: string): string {
  if (from === to) return dayOfMonth(from);
  if (monthOf(from) === monthOf(to)) return `${parts(from).day}\u2013${dayOfMonth(to)}`;
  return `${dayOfMonth(from)} \u2013 ${dayOfMonth(to)}`;
}

/** Months as people list them: Aug, Sep. */
export const monthList = (months: string[]): string => months.map(monthShort).join(", ");

/** A day as a field shows it, as the language writes it in figures. */
export function writeDay(text: string): string {
  return isDay(text) ? t.form.inFigures(text.slice(0, 4), text.slice(5, 7), text.slice(8)) : text;
}

const FIGURES = /^(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}|\d{2})?)?$/;

/** Whether figures can be two days: in English some write the month first, so the 9/10 is the ninth or the tenth. */
export function isTwoDays(text: string): boolean {
  const [, first, sign, second] = FIGURES.exec(text) ?? [];
  return sign === "/" && locale === "en" && first !== second && Number(first) <= 12 && Number(second) <= 12;
}

/** What was typed as a day, as `YYYY-MM-DD`; what can't be read stays as it is. */
export function readDay(typed: string, today: string): string {
  const text = typed.trim();
  const found = dayIn(text, today);
  return isDay(found) ? found : text;
}

function dayIn(text: string, today: string): string {
  if (/^(\d{4})-(\d{1,2})-(\d{1,2})$/.test(text)) {
    const [y, m, d] = text.split("-");
    return `${y}-${m!.padStart(2, "0")}-${d!.padStart(2, "0")}`;
  }
  const figures = FIGURES.exec(text);
  if (figures && !isTwoDays(text)) {
    const [, first = "", , second = "", year] = figures;
    // Of two figures, the one that no month has is the day.
    const [day, month] = Number(second) > 12 && Number(first) <= 12 ? [second, first] : [first, second];
    return `${year?.padStart(4, "20") ?? today.slice(0, 4)}-${two(Number(month))}-${two(Number(day))}`;
  }
  const words = /^(\d{1,2})\.? +(?:de +)?(\p{L}{3,})\.?(?: +(?:de +)?(\d{4}))?$/u.exec(text);
  const month = words && monthOfName(words[2]!);
  return month ? `${words[3] ?? today.slice(0, 4)}-${two(month)}-${two(Number(words[1]))}` : text;
}

/** Whether this is a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && iso(utc(parts(text))) === text;
}

/** A month as a field shows it, as the language writes it in figures. */
export function writeMonth(text: string): string {
  return isMonth(text) ? t.form.monthInFigures(text.slice(0, 4), text.slice(5)) : text;
}

/** What was typed as a month, as `YYYY-MM`; what can't be read stays as it is. Without a year, this one's. */
export function readMonth(typed: string, today: string): string {
  const text = typed.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})$/.exec(text);
  const turned = /^(\d{1,2})[-/. ]+(\d{4}|\d{2})$/.exec(text);
  const words = /^(\p{L}{3,})\.?(?:(?: +de)? +(\d{4}))?$/u.exec(text);
  if (iso) return monthIn(iso[1]!, Number(iso[2])) ?? text;
  if (turned) return monthIn(turned[2]!.padStart(4, "20"), Number(turned[1])) ?? text;
  return (words && monthIn(words[2] ?? today.slice(0, 4), monthOfName(words[1]!))) || text;
}

const monthIn = (year: string, month: number): string | null => (month >= 1 && month <= 12 ? `${year}-${two(month)}` : null);

/** The number of the month whose name begins so; zero for none. */
function monthOfName(typed: string): number {
  const wanted = typed.toLowerCase();
  const months = t.form.months.toLowerCase().split(" ");
  return months.findIndex((name) => name.startsWith(wanted)) + 1;
}

/** Whether this is a month. */
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
