// The choices that the book speaks of, in words.

export const model = { "partner-paid": "Partner-Paid", "direct-paid": "Direct-Paid" };
export const modelShort = { "partner-paid": "Ein Guthaben", "direct-paid": "Je Kanal eines" };
export const plan = { growth: "Growth", premium: "Premium" };
export const payBy = { card: "Karte", pix: "Pix", boleto: "Boleto" };
export const tier = { "regular": "Regular", "premium": "Premium", "higher-throughput": "Higher Throughput" };
export const topUpKind = { manual: "Manuell", auto: "Automatisch", emergency: "Notfall" };
export const topUpBy = { manual: "manuell", auto: "automatisch", emergency: "Notfall" };
export const topUpName = { manual: "Aufladung", auto: "Automatische Aufladung", emergency: "Notfallaufladung" };
export const refundTo = { balance: "Zurück aufs Guthaben", bank: "Ausgezahlt" };

export const category = {
  marketing: "Marketing",
  marketing_lite: "Marketing Lite",
  utility: "Utility",
  authentication: "Authentifizierung",
  authentication_international: "Authentifizierung, international",
  service: "Service",
  call: "Anrufe",
};

export const chargeKind = {
  "messages": "Nachrichten",
  "calls": "Anrufe",
  "plan": "Partnerplan",
  "licence": "Lizenz",
  "pro-rata-licence": "Anteilige Lizenz",
};

/** How a channel stands, as a choice. */
export const channelStands = {
  starting: "Beginnt noch",
  active: "Aktiv",
  ending: "Gekündigt, läuft noch",
  ended: "Beendet",
};

export const channelState = {
  starting: "Beginnt {0}",
  active: "Aktiv",
  ending: "Endet {0}",
  ended: "Beendet {0}",
};

export const movement = {
  "opening": "Anfangsguthaben",
  "top-up": "Aufladung",
  "usage": "Verbrauch",
  "refund-to-balance": "Erstattung aufs Guthaben",
  "paid-out": "Erstattung ausgezahlt",
  "settled-by-invoice": "Durch Rechnung ausgeglichen",
  "rounding": "Rundung beim Abschluss",
  "reconciliation": "Später Verbrauch eines abgeschlossenen Monats",
};

export const state = {
  paused: "Pausiert",
  pausedLong: "Nachrichten und Anrufe sind bis zu einer Aufladung pausiert",
  running: "Läuft",
  low: "Niedrig",
  closed: "Abgeschlossen {0}",
  inUse: "In Benutzung",
  unrated: "Unbewertet",
  waived: "Erlassen",
  free: "Kostenlos",
  reported: "gemeldet",
  none: "keine",
  notYet: "Beginnt später",
};

export const lasts = {
  days: "{0|Tag|Tage}",
  long: "über 60 Tage",
  low: "Niedrig, {0|Tag|Tage}",
  until: "Reicht {0|Tag|Tage}, bis {1}",
  untilLong: "Reicht mehr als 60 Tage",
};

export const vat = {
  "standard": "19 %, da das Unternehmen in Deutschland steuerpflichtig ist",
  "reverse-charge": "Keine: Reverse-Charge, das Unternehmen hat eine USt-IdNr. der EU",
  "outside-eu": "Keine: Das Unternehmen sitzt außerhalb der EU",
};

export const vatShort = {
  "standard": "USt 19 %",
  "reverse-charge": "Reverse-Charge",
  "outside-eu": "Keine USt",
};

/** Rules that 360Dialog has not published, and the partner’s own choice, by their name in the book. */
export const rule = {
  "proration": "Lizenz ab Monatsmitte",
  "plan-first-month": "Erster Monat des Plans",
  "upgrade": "Teurerer Tarif oder Plan im laufenden Monat",
  "higher-throughput": "Higher Throughput",
  "termination-day": "Kündigungstag",
  "card-fee-on": "Kartengebühr auf",
  "vat-on": "USt fällt an auf",
  "free-service-messages": "1.000 kostenlose Servicenachrichten",
  "plan-notice": "Ende des Plans nach Kündigung",
  "outdated-card": "Entgelte ohne Preisliste ihres Tages",
};

/** Their choices; `rule=choice` where a choice alone would not say enough. */
export const ruleValue = {
  "proration=from-start-day": "Preis × verbleibende Tage, der erste Tag zählt",
  "proration=after-start-day": "Preis × verbleibende Tage, der erste Tag ist frei",
  "proration=whole-month": "Der ganze Monat",
  "plan-first-month=pro-rata": "Anteilig ab dem ersten Tag des Hubs",
  "plan-first-month=whole-month": "Der ganze Monat",
  "upgrade=pro-rata": "Die Differenz, anteilig ab diesem Tag",
  "upgrade=next-month": "Ab dem nächsten Ersten",
  "higher-throughput=replaces-premium": "249 anstelle der 49 von Premium",
  "higher-throughput=adds-to-premium": "249 zusätzlich zu den 49 von Premium",
  "termination-day=last-day": "Es ist der letzte Tag des Kanals",
  "termination-day=day-after": "Es ist der erste Tag ohne den Kanal",
  "card-fee-on=shortfall": "Was der Monatsabschluss zu zahlen lässt",
  "card-fee-on=shortfall-and-fees": "Dasselbe sowie Plan- und Lizenzrechnungen",
  "card-fee-on=nothing": "Nichts",
  "vat-on=top-up": "Die Aufladung",
  "vat-on=usage": "Den Verbrauch des Monats",
  "free-service-messages=on": "Gezählt, je Nummer und Monat, ab Oktober 2026",
  "free-service-messages=off": "Nicht gezählt",
  "plan-notice=thirty-days": "30 Tage später, zum Ende jenes Monats",
  "plan-notice=following-month": "Zum Ende des Folgemonats",
  "outdated-card=unrated": "Unbewertet, bis die Preisliste vorliegt",
  "outdated-card=estimate": "Nach der letzten Preisliste geschätzt und so gekennzeichnet",
};

export const unpublished = "360Dialog hat diese Regel nicht veröffentlicht. Das Buch nimmt sie an; für offene Monate lässt sie sich ändern.";

export const invoiceKind = {
  "partner-plan": "Partnerplan",
  "licence": "Lizenzgebühren",
  "pro-rata-licence": "Anteilige Lizenz",
  "top-up": "Aufladung",
  "month-closing": "Monatsabschluss",
};

export const invoiceTitle = {
  "partner-plan": "Rechnung über den Partnerplan",
  "licence": "Lizenzrechnung",
  "pro-rata-licence": "Rechnung über anteilige Lizenz",
  "top-up": "Aufladungsrechnung",
  "month-closing": "Monatsabschlussrechnung",
};

export const line = {
  "plan": "Partnerplan",
  "plan-upgrade": "Wechsel in teureren Plan",
  "licence": "Lizenz",
  "pro-rata-licence": "Anteilige Lizenz",
  "tier-upgrade": "Wechsel in teureren Tarif",
  "late-licence": "Nachberechnete Lizenz",
  "top-up": "Aufladung",
  "messages": "WhatsApp-Nachrichten",
  "calls": "WhatsApp-Anrufe",
  "usage-reconciliation": "Verbrauchsabgleich",
  "settled-with-balance": "Mit Guthaben verrechnet",
  "earlier-shortfall": "Fehlbetrag früherer Monate",
  "credited-to-balance": "Dem Guthaben gutgeschrieben",
  "card-fee": "Transaktionsgebühr",
};

export const reason = {
  "customer-service-window": "Kostenlos: innerhalb des Kundenservice-Fensters gesendet.",
  "free-entry-point": "Kostenlos: Der Chat kam über einen kostenlosen Einstiegspunkt.",
  "service-is-free": "Kostenlos: Servicenachrichten kosten an diesem Tag nichts.",
  "free-allowance": "Kostenlos: unter den ersten 1.000 Servicenachrichten der Nummer im Monat.",
  "no-card": "Keine Preisliste in diesem Buch bewertet es an diesem Tag.",
  "card-outdated": "Meta hat die Preise geändert, und dieses Buch hat keine neuere Preisliste.",
  "market-not-on-card": "Der Markt steht nicht auf der Preisliste, die an diesem Tag gilt.",
  "estimated-by-last-card": "Eine Schätzung: Das Buch hat keine Preisliste dieser Währung, seit Meta die Preise geändert hat; daher gilt der Satz der letzten.",
  "volume-unknown": "Eine Schätzung: der Listenpreis, da niemand angegeben hat, wie viel im Monat für die Mengenstaffel gezählt war.",
  "waived": "Von Hand erlassen.",
};
