// A made-up partner with three hubs over three months. Amounts are whole millionths.

export type Model = "partner-paid" | "direct-paid";
export type Hub = { id: string; name: string; model: Model; currency: "EUR" | "USD"; plan: "growth" | "premium" | null; since: string; first: string; closedOn: string | null; payBy: "card" | "pix" | "boleto"; opening: bigint | null; closed: string[]; renewal: Renewal | null };
export type Renewal = { on: boolean; threshold: bigint; amount: bigint };
export type Client = { id: string; hub: string; name: string; country: string; email: string; vat: string };
export type Tier = "regular" | "premium" | "higher-throughput";
export type Channel = { id: string; client: string; phone: string; name: string; tier: Tier; started: string; ended: string | null; opening: bigint | null; renewal: Renewal | null };
export type TopUp = { hub: string; channel: string | null; day: string; amount: bigint; kind: "manual" | "auto" | "emergency"; method: "card" | "pix" | "boleto" };
export type Refund = { hub: string; channel: string | null; day: string; amount: bigint; to: "balance" | "bank" };
export type Category = "marketing" | "utility" | "authentication" | "service" | "call";
export type Charge = { id: string; hub: string; channel: string; day: string; country: string; market: string; category: Category; quantity: number; rate: bigint | null; amount: bigint | null; state: "rated" | "reported" | "free" | "unrated" | "waived"; reason: string; line: number };

export const TODAY = "2026-09-22";
const eur = (value: number): bigint => BigInt(Math.round(value * 1_000_000));

export const world = {
  open: false,
  owner: "partner" as "partner" | "client",
  path: "/home/ada/Documents/nordlicht.hubbook",
  readOnly: null as string | null,
  paperLanguage: "en",
  sample: true,
  company: { name: "Nordlicht Messaging GmbH", address: ["Am Sandtorkai 48", "20457 Hamburg"], country: "DE", vat_id: "DE999999995", billing_email: "billing@nordlicht.example" },
  hubs: [] as Hub[],
  clients: [] as Client[],
  channels: [] as Channel[],
  topUps: [] as TopUp[],
  refunds: [] as Refund[],
  charges: [] as Charge[],
  numbers: new Map<string, string>(),
  rules: new Map<string, string>(),
  imported: false,
};

const MARKETS: [string, string, number, number][] = [
  ["DE", "Germany", 0.1131, 0.0456], ["NL", "Netherlands", 0.1323, 0.0414], ["AT", "Rest of Western Europe", 0.049, 0.0142], ["ES", "Spain", 0.0509, 0.0166],
  ["FR", "France", 0.0712, 0.0248], ["IT", "Italy", 0.0572, 0.0248], ["PL", "Rest of Central & Eastern Europe", 0.0712, 0.0175], ["GB", "United Kingdom", 0.0438, 0.0182], ["US", "North America", 0.0207, 0.0033], ["BR", "Brazil", 0.0517, 0.0057],
];

const PEOPLE: [string, string, string, [string, string, string, Tier][]][] = [
  ["h4Kr1nCL", "Hafenkontor Reisen GmbH", "DE", [["hKr1a2CH", "Hafenkontor Reisen", "+494055501410", "regular"], ["hKr2b7CH", "Hafenkontor Kreuzfahrten", "+494055501477", "regular"]]],
  ["k1El8bCL", "Kliniken am Elbufer gGmbH", "DE", [["eLt4M2CH", "Elbufer Termine", "+493515550200", "premium"], ["eLn5A1CH", "Elbufer Notaufnahme", "+493515550112", "premium"], ["eLp9Q4CH", "Elbufer Personal", "+493515550240", "regular"]]],
  ["aBr7m2CL", "Autohaus Brinkmann & Söhne Fahrzeughandelsgesellschaft mbH", "DE", [["bRs1X8CH", "Brinkmann Service", "+49541555030", "regular"], ["bRv2Y9CH", "Brinkmann Verkauf", "+49541555031", "regular"]]],
  ["vNo3d5CL", "Velo Nord B.V.", "NL", [["vEl0n1CH", "Velo Nord", "+31205550188", "premium"]]],
  ["mLi6s1CL", "Moda Lisboa, Lda.", "PT", [["mOd4l2CH", "Moda Lisboa", "+351215550142", "regular"]]],
  ["oMe2r8CL", "Óptica Meridiano, S.L.", "ES", [["oPm1a3CH", "Meridiano Madrid", "+34915550177", "regular"], ["oPx2b4CH", "Meridiano México", "+525555500163", "regular"]]],
  ["fLo8p3CL", "Fenix Logistics Sp. z o.o.", "PL", [["fEn7t5CH", "Fenix Tracking", "+48225550190", "premium"]]],
  ["tDi5g9CL", "Trattoria Digitale S.r.l.", "IT", [["tRa2k6CH", "Trattoria Prenotazioni", "+39025550144", "regular"]]],
  ["sKa4n7CL", "Στούντιο Κανέλα Ι.Κ.Ε.", "GR", [["kAn3e1CH", "Κανέλα", "+302105550133", "regular"]]],
  ["bSo9t6CL", "Bäckerei Sonnentau GmbH & Co. KG", "DE", [["sOn6u2CH", "Sonnentau", "+496995550111", "regular"]]],
];
const USD: [string, string, string, [string, string, string, Tier][]][] = [
  ["pFo1u2CL", "Pampa Foods S.A.", "AR", [["pAm1c3CH", "Pampa Clientes", "+541155500143", "regular"], ["pAm2p4CH", "Pampa Pedidos", "+541155500142", "regular"]]],
  ["kKr3w4CL", "Kigali Kredit Ltd", "RW", [["kIg1k5CH", "Kigali Kredit", "+250788555012", "regular"]]],
  ["lDe5u6CL", "Lakeshore Dental Group, LLC", "US", [["lAk1d7CH", "Lakeshore Desk", "+13125550188", "regular"], ["lAk2r8CH", "Lakeshore Reminders", "+13125550171", "premium"]]],
  ["bFe7t8CL", "Boğaz Feribot Taşımacılık A.Ş.", "TR", [["bOg1v9CH", "Boğaz Vapurları", "+902125550164", "regular"]]],
  ["cCe9b1CL", "Café do Cerrado Comércio de Grãos Ltda.", "BR", [["cAf1c1CH", "Café do Cerrado", "+553455500118", "regular"], ["cAf2a2CH", "Cerrado Atacado", "+553455500119", "regular"]]],
  ["aTe2c3CL", "Клиника «Андес»", "CL", [["aNd1c3CH", "Andes Citas", "+56255500177", "regular"]]],
];

let seed = 20260922;
const random = (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

function people(hub: string, list: typeof PEOPLE): void {
  for (const [id, name, country, channels] of list) {
    world.clients.push({ id, hub, name, country, email: `rechnung@${id.toLowerCase()}.example`, vat: country === "DE" ? "DE999999987" : "" });
    for (const [channel, label, phone, tier] of channels) {
      world.channels.push({ id: channel, client: id, phone, name: label, tier, started: channel === "sOn6u2CH" ? "2026-08-17" : "2024-11-01", ended: channel === "kAn3e1CH" ? "2026-09-30" : null, opening: hub === "NrdU2mPA" ? eur(10 + Math.floor(random() * 60)) : null, renewal: hub === "NrdU2mPA" && random() > 0.3 ? { on: true, threshold: eur(10), amount: eur(50) } : null });
    }
  }
}

function usage(hub: string, scale: number): void {
  let line = 1;
  for (let at = Date.UTC(2026, 6, 1); at <= Date.UTC(2026, 8, 22); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const weekend = [0, 6].includes(new Date(at).getUTCDay()) ? 0.5 : 1;
    for (const channel of world.channels) {
      const client = world.clients.find((one) => one.id === channel.client);
      if (client?.hub !== hub || day < channel.started) continue;
      const home = Math.max(0, MARKETS.findIndex(([code]) => code === client.country));
      for (const [category, share] of [["marketing", 0.35], ["utility", 1], ["authentication", 0.2], ["call", 0.15]] as const) {
        if (random() > share + 0.3) continue;
        const market = MARKETS[random() < 0.75 ? home : Math.floor(random() * MARKETS.length)]!;
        line += 1;
        const [country, name, marketing, utility] = market;
        const quantity = Math.max(1, Math.round((category === "utility" ? 90 : category === "marketing" ? 34 : 40) * scale * weekend * (0.4 + random())));
        const rate = category === "call" ? null : category === "marketing" ? marketing : utility;
        const unrated = category === "call" && channel.id === "eLt4M2CH" && day === "2026-08-27";
        const exact = rate === null ? BigInt(quantity) * 880n : BigInt(quantity) * eur(rate);
        world.charges.push({ id: `chg_${hub.slice(3, 5)}${line}`, hub, channel: channel.id, day, country, market: name, category, quantity: unrated ? 46 : quantity, rate: rate === null ? null : eur(rate), amount: unrated ? null : exact, state: unrated ? "unrated" : rate === null ? "reported" : "rated", reason: "", line });
      }
    }
  }
}

export function fill(): void {
  seed = 20260922;
  world.hubs = [
    { id: "NrdE7kPA", name: "Nordlicht EUR", model: "partner-paid", currency: "EUR", plan: "growth", since: "2024-11-01", first: "2026-07", closedOn: null, payBy: "card", opening: eur(420.5), closed: ["2026-07"], renewal: { on: false, threshold: eur(200), amount: eur(500) } },
    { id: "NrdU2mPA", name: "Nordlicht USD", model: "direct-paid", currency: "USD", plan: "growth", since: "2025-02-01", first: "2026-07", closedOn: null, payBy: "card", opening: null, closed: ["2026-07", "2026-08"], renewal: null },
    { id: "NrdT0xPA", name: "Nordlicht Test", model: "direct-paid", currency: "EUR", plan: "growth", since: "2025-09-01", first: "2026-01", closedOn: "2026-02-28", payBy: "card", opening: null, closed: ["2026-01", "2026-02"], renewal: null },
  ];
  world.clients = [];
  world.channels = [];
  world.charges = [];
  people("NrdE7kPA", PEOPLE);
  people("NrdU2mPA", USD);
  usage("NrdE7kPA", 1);
  usage("NrdU2mPA", 0.5);
  const top = (day: string, amount: number, kind: TopUp["kind"] = "manual"): TopUp => ({ hub: "NrdE7kPA", channel: null, day, amount: eur(amount), kind, method: "card" });
  world.topUps = [top("2026-07-10", 2000), top("2026-07-24", 1500), top("2026-08-03", 2000), top("2026-08-17", 1200), top("2026-08-30", 500, "emergency"), top("2026-09-01", 2500), top("2026-09-15", 600)];
  for (const channel of world.channels.filter((one) => USD.some(([id]) => id === one.client)))
    for (const day of ["2026-07-04", "2026-08-05", "2026-09-04"]) if (channel.id !== "pAm1c3CH" || day < "2026-09") world.topUps.push({ hub: "NrdU2mPA", channel: channel.id, day, amount: eur(channel.tier === "premium" ? 100 : 40), kind: channel.renewal ? "auto" : "manual", method: "card" });
  world.refunds = [];
  world.numbers = new Map([["NrdE7kPA/2026-07/plan", "360-2026-076300"], ["NrdE7kPA/2026-07/licence", "360-2026-076301"], ["NrdE7kPA/2026-07/top-up-1", "360-2026-078112"]]);
  world.rules = new Map();
  world.owner = "partner";
  world.open = true;
}
