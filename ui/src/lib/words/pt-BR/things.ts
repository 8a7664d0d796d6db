// The choices that the book speaks of, in words.

export const model = { "partner-paid": "Partner-Paid", "direct-paid": "Direct-Paid" };
export const modelShort = { "partner-paid": "Saldo compartilhado", "direct-paid": "Um saldo por canal" };
export const plan = { growth: "Growth", premium: "Premium" };
export const payBy = { card: "Cartão", pix: "Pix", boleto: "Boleto" };
export const tier = { "regular": "Regular", "premium": "Premium", "higher-throughput": "Higher Throughput" };
export const topUpKind = { manual: "Manual", auto: "Automática", emergency: "De emergência" };
export const topUpBy = { manual: "manual", auto: "automática", emergency: "de emergência" };
export const topUpName = { manual: "Recarga", auto: "Recarga automática", emergency: "Recarga de emergência" };
export const refundTo = { balance: "De volta ao saldo", bank: "Pago" };

export const category = {
  marketing: "Marketing",
  marketing_lite: "Marketing Lite",
  utility: "Utilidade",
  authentication: "Autenticação",
  authentication_international: "Autenticação internacional",
  service: "Serviço",
  call: "Chamadas",
};

export const chargeKind = {
  "messages": "Mensagens",
  "calls": "Chamadas",
  "plan": "Plano de parceiro",
  "licence": "Licença",
  "pro-rata-licence": "Licença proporcional",
};

/** How a channel stands, as a choice. */
export const channelStands = {
  starting: "Ainda não começou",
  active: "Ativo",
  ending: "Cancelado, ainda em curso",
  ended: "Encerrado",
};

export const channelState = {
  starting: "Começa {0}",
  active: "Ativo",
  ending: "Termina {0}",
  ended: "Terminou {0}",
};

export const movement = {
  "opening": "Saldo inicial",
  "top-up": "Recarga",
  "usage": "Consumo",
  "refund-to-balance": "Reembolso ao saldo",
  "paid-out": "Reembolso pago",
  "settled-by-invoice": "Quitado por fatura",
  "rounding": "Arredondamento no fechamento",
  "reconciliation": "Consumo tardio de um mês fechado",
};

export const state = {
  paused: "Pausado",
  pausedLong: "Mensagens e chamadas estão pausadas até uma recarga",
  running: "Em operação",
  low: "Baixo",
  closed: "Fechado {0}",
  inUse: "Em uso",
  unrated: "Sem preço",
  waived: "Dispensada",
  free: "Grátis",
  reported: "informado",
  none: "nenhum",
  notYet: "Começa depois",
};

export const lasts = {
  days: "{0|dia|dias}",
  long: "mais de 60 dias",
  low: "Baixo, {0|dia|dias}",
  until: "Dura {0|dia|dias}, até {1}",
  untilLong: "Dura mais de 60 dias",
};

export const vat = {
  "standard": "19 %, pois a empresa é tributada na Alemanha",
  "reverse-charge": "Nenhum: autoliquidação, a empresa tem um número de IVA da UE",
  "outside-eu": "Nenhum: a empresa está fora da UE",
};

export const vatShort = {
  "standard": "IVA 19 %",
  "reverse-charge": "Autoliquidação",
  "outside-eu": "Sem IVA",
};

/** Rules that 360Dialog has not published, and the partner’s own choice, by their name in the book. */
export const rule = {
  "proration": "Licença a partir do meio do mês",
  "plan-first-month": "Primeiro mês do plano",
  "upgrade": "Nível ou plano mais caro dentro do mês",
  "higher-throughput": "Higher Throughput",
  "termination-day": "Dia do cancelamento",
  "card-fee-on": "Taxa de cartão sobre",
  "vat-on": "O IVA incide sobre",
  "free-service-messages": "1.000 mensagens de serviço grátis",
  "plan-notice": "Fim do plano após o aviso",
  "outdated-card": "Cobranças sem tabela de preços do dia",
};

/** Their choices; `rule=choice` where a choice alone would not say enough. */
export const ruleValue = {
  "proration=from-start-day": "Preço × dias restantes, o primeiro dia conta",
  "proration=after-start-day": "Preço × dias restantes, o primeiro dia é grátis",
  "proration=whole-month": "O mês inteiro",
  "plan-first-month=pro-rata": "Proporcional desde o primeiro dia do hub",
  "plan-first-month=whole-month": "O mês inteiro",
  "upgrade=pro-rata": "A diferença, proporcional desde o dia",
  "upgrade=next-month": "A partir do próximo dia 1º",
  "higher-throughput=replaces-premium": "249 no lugar dos 49 do Premium",
  "higher-throughput=adds-to-premium": "249 além dos 49 do Premium",
  "termination-day=last-day": "É o último dia do canal",
  "termination-day=day-after": "É o primeiro dia sem o canal",
  "card-fee-on=shortfall": "O que o fechamento do mês deixa a pagar",
  "card-fee-on=shortfall-and-fees": "O mesmo, e as faturas de plano e licenças",
  "card-fee-on=nothing": "Nada",
  "vat-on=top-up": "A recarga",
  "vat-on=usage": "O consumo do mês",
  "free-service-messages=on": "Contadas, por número e mês, desde outubro de 2026",
  "free-service-messages=off": "Não contadas",
  "plan-notice=thirty-days": "30 dias depois, no fim daquele mês",
  "plan-notice=following-month": "No fim do mês seguinte",
  "outdated-card=unrated": "Sem preço até a tabela chegar",
  "outdated-card=estimate": "Estimadas pela última tabela, e marcadas",
};

export const unpublished = "A 360Dialog não publicou esta regra. O livro a supõe, e ela pode ser alterada nos meses abertos.";

export const invoiceKind = {
  "partner-plan": "Plano de parceiro",
  "licence": "Licenças",
  "pro-rata-licence": "Licença proporcional",
  "top-up": "Recarga",
  "month-closing": "Fechamento do mês",
};

export const invoiceTitle = {
  "partner-plan": "Fatura do plano de parceiro",
  "licence": "Fatura de licenças",
  "pro-rata-licence": "Fatura de licença proporcional",
  "top-up": "Fatura de recarga",
  "month-closing": "Fatura de fechamento do mês",
};

export const line = {
  "plan": "Plano de parceiro",
  "plan-upgrade": "Mudança para plano mais caro",
  "licence": "Licença",
  "pro-rata-licence": "Licença proporcional",
  "tier-upgrade": "Mudança para nível mais caro",
  "late-licence": "Licença tardia",
  "top-up": "Recarga",
  "messages": "Mensagens de WhatsApp",
  "calls": "Chamadas de WhatsApp",
  "usage-reconciliation": "Conciliação do consumo",
  "settled-with-balance": "Quitado com saldo credor",
  "earlier-shortfall": "Falta de meses anteriores",
  "credited-to-balance": "Creditado ao saldo",
  "card-fee": "Taxa de transação",
};

export const reason = {
  "customer-service-window": "Grátis: enviada dentro da janela de atendimento ao cliente.",
  "free-entry-point": "Grátis: a conversa chegou por um ponto de entrada gratuito.",
  "service-is-free": "Grátis: mensagens de serviço não custam nada neste dia.",
  "free-allowance": "Grátis: entre as primeiras 1.000 mensagens de serviço do número no mês.",
  "no-card": "Nenhuma tabela de preços deste livro dá preço a ela neste dia.",
  "card-outdated": "A Meta mudou os preços e este livro não tem tabela mais recente.",
  "market-not-on-card": "O mercado não está na tabela de preços válida neste dia.",
  "estimated-by-last-card": "Uma estimativa: o livro não tem tabela nesta moeda desde que a Meta mudou os preços, então vale a tarifa da última.",
  "volume-unknown": "Uma estimativa: o preço de tabela, pois ninguém informou quanto o mês já tinha contado para as faixas de volume.",
  "waived": "Dispensada à mão.",
};
