// The choices that the book speaks of, in words.

export const model = { "partner-paid": "Partner-Paid", "direct-paid": "Direct-Paid" };
export const modelShort = { "partner-paid": "Saldo compartido", "direct-paid": "Un saldo por canal" };
export const plan = { growth: "Growth", premium: "Premium" };
export const payBy = { card: "Tarjeta", pix: "Pix", boleto: "Boleto" };
export const tier = { "regular": "Regular", "premium": "Premium", "higher-throughput": "Higher Throughput" };
export const topUpKind = { manual: "Manual", auto: "Automática", emergency: "De emergencia" };
export const topUpBy = { manual: "manual", auto: "automática", emergency: "de emergencia" };
export const topUpName = { manual: "Recarga", auto: "Recarga automática", emergency: "Recarga de emergencia" };
export const refundTo = { balance: "De vuelta al saldo", bank: "Pagado" };

export const category = {
  marketing: "Marketing",
  marketing_lite: "Marketing Lite",
  utility: "Utilidad",
  authentication: "Autenticación",
  authentication_international: "Autenticación internacional",
  service: "Servicio",
  call: "Llamadas",
};

export const chargeKind = {
  "messages": "Mensajes",
  "calls": "Llamadas",
  "plan": "Plan de partner",
  "licence": "Licencia",
  "pro-rata-licence": "Licencia prorrateada",
};

/** How a channel stands, as a choice. */
export const channelStands = {
  starting: "Aún no empieza",
  active: "Activo",
  ending: "Cancelado, aún en curso",
  ended: "Terminado",
};

export const channelState = {
  starting: "Empieza {0}",
  active: "Activo",
  ending: "Termina {0}",
  ended: "Terminó {0}",
};

export const movement = {
  "opening": "Saldo inicial",
  "top-up": "Recarga",
  "usage": "Consumo",
  "refund-to-balance": "Reembolso al saldo",
  "paid-out": "Reembolso pagado",
  "settled-by-invoice": "Saldado con factura",
  "rounding": "Redondeo en el cierre",
  "reconciliation": "Consumo tardío de un mes cerrado",
};

export const state = {
  paused: "En pausa",
  pausedLong: "Mensajes y llamadas en pausa hasta una recarga",
  running: "En marcha",
  low: "Bajo",
  closed: "Cerrado {0}",
  inUse: "En uso",
  unrated: "Sin precio",
  waived: "Condonado",
  free: "Gratis",
  reported: "informado",
  none: "ninguno",
  notYet: "Empieza más tarde",
};

export const lasts = {
  days: "{0|día|días}",
  long: "más de 60 días",
  low: "Bajo, {0|día|días}",
  until: "Alcanza para {0|día|días}, hasta el {1}",
  untilLong: "Alcanza para más de 60 días",
};

export const vat = {
  "standard": "19 %, porque la empresa tributa en Alemania",
  "reverse-charge": "Ninguno: inversión del sujeto pasivo, la empresa tiene un NIF-IVA de la UE",
  "outside-eu": "Ninguno: la empresa está fuera de la UE",
};

export const vatShort = {
  "standard": "IVA 19 %",
  "reverse-charge": "Inversión del sujeto pasivo",
  "outside-eu": "Sin IVA",
};

/** Rules that 360Dialog has not published, and the partner’s own choice, by their name in the book. */
export const rule = {
  "proration": "Licencia desde mitad de mes",
  "plan-first-month": "Primer mes del plan",
  "upgrade": "Nivel o plan más caro dentro del mes",
  "higher-throughput": "Higher Throughput",
  "termination-day": "Día de baja",
  "card-fee-on": "Comisión de tarjeta sobre",
  "vat-on": "El IVA recae sobre",
  "free-service-messages": "1.000 mensajes de servicio gratis",
  "plan-notice": "Fin del plan tras la baja",
  "outdated-card": "Cargos sin lista de precios de su día",
};

/** Their choices; `rule=choice` where a choice alone would not say enough. */
export const ruleValue = {
  "proration=from-start-day": "Precio × días restantes, el primer día cuenta",
  "proration=after-start-day": "Precio × días restantes, el primer día es gratis",
  "proration=whole-month": "El mes entero",
  "plan-first-month=pro-rata": "Prorrateado desde el primer día del hub",
  "plan-first-month=whole-month": "El mes entero",
  "upgrade=pro-rata": "La diferencia, prorrateada desde su día",
  "upgrade=next-month": "Desde el próximo día 1",
  "higher-throughput=replaces-premium": "249 en lugar de los 49 de Premium",
  "higher-throughput=adds-to-premium": "249 además de los 49 de Premium",
  "termination-day=last-day": "Es el último día del canal",
  "termination-day=day-after": "Es el primer día sin el canal",
  "card-fee-on=shortfall": "Lo que el cierre de mes deja por pagar",
  "card-fee-on=shortfall-and-fees": "Lo mismo, y las facturas de plan y licencias",
  "card-fee-on=nothing": "Nada",
  "vat-on=top-up": "La recarga",
  "vat-on=usage": "El consumo del mes",
  "free-service-messages=on": "Se cuentan, por número y mes, desde octubre de 2026",
  "free-service-messages=off": "No se cuentan",
  "plan-notice=thirty-days": "30 días después, al final de ese mes",
  "plan-notice=following-month": "Al final del mes siguiente",
  "outdated-card=unrated": "Sin precio hasta que llegue la lista",
  "outdated-card=estimate": "Estimados con la última lista, y marcados",
};

export const unpublished = "360Dialog no ha publicado esta regla. El libro la supone y puede cambiarse para los meses abiertos.";

export const invoiceKind = {
  "partner-plan": "Plan de partner",
  "licence": "Licencias",
  "pro-rata-licence": "Licencia prorrateada",
  "top-up": "Recarga",
  "month-closing": "Cierre de mes",
};

export const invoiceTitle = {
  "partner-plan": "Factura del plan de partner",
  "licence": "Factura de licencias",
  "pro-rata-licence": "Factura de licencia prorrateada",
  "top-up": "Factura de recarga",
  "month-closing": "Factura de cierre de mes",
};

export const line = {
  "plan": "Plan de partner",
  "plan-upgrade": "Cambio a un plan más caro",
  "licence": "Licencia",
  "pro-rata-licence": "Licencia prorrateada",
  "tier-upgrade": "Cambio a un nivel más caro",
  "late-licence": "Licencia tardía",
  "top-up": "Recarga",
  "messages": "Mensajes de WhatsApp",
  "calls": "Llamadas de WhatsApp",
  "usage-reconciliation": "Conciliación del consumo",
  "settled-with-balance": "Saldado con saldo a favor",
  "earlier-shortfall": "Faltante de meses anteriores",
  "credited-to-balance": "Abonado al saldo",
  "card-fee": "Comisión de transacción",
};

export const reason = {
  "customer-service-window": "Gratis: enviado dentro de la ventana de atención al cliente.",
  "free-entry-point": "Gratis: el chat llegó por un punto de entrada gratuito.",
  "service-is-free": "Gratis: los mensajes de servicio no cuestan nada en ese día.",
  "free-allowance": "Gratis: entre los primeros 1.000 mensajes de servicio del número en el mes.",
  "no-card": "Ninguna lista de precios de este libro le pone precio en ese día.",
  "card-outdated": "Meta cambió sus precios y este libro no tiene una lista más reciente.",
  "market-not-on-card": "El mercado no figura en la lista de precios vigente en ese día.",
  "estimated-by-last-card": "Una estimación: el libro no tiene lista de precios en esta moneda desde que Meta cambió sus precios, así que se aplica la tarifa de la última.",
  "volume-unknown": "Una estimación: el precio de lista, porque nadie indicó cuánto llevaba el mes para los tramos de volumen.",
  "waived": "Condonado a mano.",
};
