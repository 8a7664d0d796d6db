// Turns a balance by days into the lines of its chart: a saw that is steep up at a top-up.

import { daysBetween } from "../lib/date";
import { forDrawing, isNegative, micros, type Money } from "../lib/money";

export type CurvePoint = { day: string; balance: Money; added: Money | null; emergency: boolean };
export type Place = { x: number; y: number };
export type TopUpMark = Place & { day: string; added: Money; emergency: boolean };

export type Curve = {
  line: string;
  area: string;
  now: Place;
  topUps: TopUpMark[];
  below: (Place & { day: string })[];
  rules: { y: number; value: number }[];
  days: { x: number; day: string }[];
  dry: (Place & { day: string }) | null;
  zero: number;
};

export function drawCurve(points: CurvePoint[], dryOn: string | null, width: number, height: number): Curve | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  // A forecast further away than a month would be mostly empty paper.
  const ahead = dryOn ? daysBetween(last.day, dryOn) : 0;
  const lasting = ahead <= 31 ? ahead : 0;
  const days = Math.max(1, daysBetween(first.day, last.day) + Math.max(lasting, 2) + 1);
  const values = points.map((point) => forDrawing(point.balance.amount));
  const raised = points.map((point, at) => (point.added ? (values[at - 1] ?? 0) + forDrawing(point.added.amount) : 0));
  const step = niceStep(Math.max(4, ...values, ...raised));
  const most = step * Math.ceil(Math.max(4, ...values, ...raised) / step);
  const least = Math.min(0, ...values);
  const low = least < 0 ? Math.max(least, -most * 0.4) * 1.1 : 0;
  const x = (day: string) => (daysBetween(first.day, day) / days) * width;
  const y = (value: number) => height - ((value - low) / (most - low)) * height;
  const places: Place[] = [];
  const topUps: TopUpMark[] = [];
  const below: Curve["below"] = [];

  points.forEach((point, at) => {
    const end = { x: x(point.day), y: y(values[at] ?? 0) };
    if (point.added) {
      const before = values[at - 1] ?? 0;
      const top = before + forDrawing(point.added.amount);
      places.push({ x: end.x, y: y(before) }, { x: end.x, y: y(top) });
      topUps.push({ x: end.x, y: y(top), day: point.day, added: point.added, emergency: point.emergency });
    }
    places.push(end);
    if (isNegative(point.balance.amount)) below.push({ ...end, day: point.day });
  });

  const zero = y(0);
  const line = places.map((p, at) => `${at ? "L" : "M"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
  const now = places.at(-1)!;
  return {
    line,
    area: `${line}L${now.x.toFixed(1)} ${zero.toFixed(1)}L0 ${zero.toFixed(1)}Z`,
    now,
    topUps,
    below,
    rules: Array.from({ length: Math.round(most / step) + 1 }, (_, at) => ({ value: step * at, y: y(step * at) })),
    days: points.filter((point) => /-(01|15)$/.test(point.day)).map((point) => ({ x: x(point.day), day: point.day })),
    dry: dryOn && lasting > 0 && micros(last.balance.amount) > 0n ? { x: x(dryOn), y: zero, day: dryOn } : null,
    zero,
  };
}

/** A round number that reaches the value in at most four steps. */
function niceStep(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value / 4));
  for (const step of [1, 2, 2.5, 5, 10]) if (step * unit * 4 >= value) return step * unit;
  return unit * 10;
}
