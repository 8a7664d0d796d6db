// What stands around every screen: navigation, filter, status, keys, palette.

export const form = {
  day: "{0} {1} {2}",
  dayOfMonth: "{0} {1}",
  month: "{0} de {1}",
  dayAndTime: "{0}, {1}",
  inFigures: "{2}/{1}/{0}",
};

export const app = {
  name: "Hubledger",
  skip: "Ir para o conteúdo",
  navigation: "Telas",
  loading: "Carregando",
  broke: "Esta tela não pode ser mostrada. O livro está como estava: nada nele mudou por isso.",
};

export const screen = {
  overview: "Visão geral",
  hubs: "Hubs",
  clients: "Clientes e canais",
  balances: "Saldos",
  charges: "Cobranças",
  import: "Importar consumo",
  close: "Fechamento do mês",
  invoices: "Faturas",
  "client-invoices": "Faturas para clientes",
  ledger: "Livro-razão",
  prices: "Preços",
  settings: "Configurações",
};

export const top = {
  hub: "Hub",
  chooseHub: "Escolher um hub",
  noHub: "Ainda sem hub",
  month: "Mês",
  chooseMonth: "Escolher um mês",
  before: "Mês anterior",
  after: "Próximo mês",
  open: "aberto",
  closed: "fechado",
  running: "em andamento",
  find: "Buscar ou executar um comando",
};

export const status = {
  label: "Estado do livro",
  saved: "Salvo {0}",
  balance: "O livro fecha",
  notChecked: "Conferir o livro",
  checkAgain: "Mudou desde a última conferência",
  failing: "{0|regra do livro não é cumprida|regras do livro não são cumpridas}",
  checking: "Conferindo…",
  sample: "Livro de exemplo",
  backup: "Backup {0}",
  today: "hoje {0}",
  yesterday: "ontem {0}",
  daysAgo: "há {0} dias",
  neverBackedUp: "Ainda sem backup",
  noBackup: "Não foi possível fazer o backup",
  readOnly: "Somente leitura: {0} está com ele aberto",
  unrated: "{0|cobrança sem preço|cobranças sem preço}",
  closeBook: "Fechar o livro",
};

export const check = {
  title: "As contas do livro fecham?",
  copy: "Copiar o relatório",
  good: "Todas as regras do livro são cumpridas. Tudo foi recalculado a partir dos lançamentos.",
  failing: "Algumas regras não são cumpridas. Nada mudou; as linhas abaixo dizem onde.",
  holds: "cumprida",
  fails: "não cumprida",
  looked: "{0} conferidos",
  /** What holds, by its word in the book. */
  rule: {
    "file-sound": "O arquivo está íntegro",
    "schema-whole": "As tabelas e as regras que as guardam estão como foram criadas",
    "tables-as-written": "Cada tabela contém o que este programa gravou",
    "columns-exact": "Cada valor é guardado exato",
    "entries-balance": "Cada lançamento soma zero, em uma moeda",
    "usage-posted": "O consumo de cada saldo é a soma das suas cobranças",
    "shares-add-up": "Cada saldo compartilhado é a soma das partes dos clientes e do que não é de nenhum",
    "top-ups-posted": "Cada recarga e reembolso está lançado uma vez",
    "vat-posted": "O IVA de recargas e pagamentos é o que foi lançado",
    "charges-traced": "Cada cobrança leva ao seu arquivo",
    "charges-priced": "Cada cobrança é o que sua tarifa ou seu arquivo diz",
    "charges-counted": "As faixas de volume e mensagens grátis conferem na recontagem",
    "sums-of-charges": "As somas mantidas conferem com as cobranças",
    "invoices-add-up": "Cada fatura congelada é a soma das suas linhas e do IVA",
    "closings-add-up": "Cada fechamento do mês fecha em centavos inteiros",
    "closings-meet-ledger": "Cada fechamento do mês é a soma dos seus movimentos e termina no saldo do livro-razão",
    "payable-meets-invoices": "A dívida com a 360Dialog é a soma das faturas",
    "months-whole": "Os meses fechados estão completos e em ordem",
    "months-sealed": "Nenhuma linha de um mês lacrado foi alterada",
    "charges-stand": "Uma cobrança é estornada por outra, ou vale",
    "entries-mirrored": "O que estorna um lançamento é o seu espelho, uma vez",
    "undone-is-nothing": "O que foi desfeito soma zero",
  },
};

export const table = {
  columns: "Colunas",
  marked: "{0|linha marcada|linhas marcadas}",
  csv: "Salvar como CSV…",
  saved: "{0|linha gravada|linhas gravadas}",
};

export const button = {
  cancel: "Cancelar",
  close: "Fechar",
  save: "Salvar",
  back: "Voltar",
  keep: "Manter",
  find: "Procurar…",
  more: "Mais",
  show: "Mostrar",
  change: "Alterar",
  again: "Tentar de novo",
  dismiss: "Dispensar aviso",
  closePanel: "Fechar o painel",
};

export const field = {
  optional: "Pode ficar vazio",
  day: "Dia/mês/ano, ou 22 set",
  choose: "Escolher…",
};

export const keysHelp = {
  title: "Teclas",
  why: "Teclas sozinhas funcionam enquanto nenhum campo está em foco.",
  move: "Próxima linha e anterior",
  ends: "Primeira e última linha",
  open: "Abrir o painel",
  mark: "Marcar uma linha",
  markOn: "Marcar de linha em linha",
  copy: "Copiar a linha, ou todas as marcadas",
  nearest: "Fechar o mais próximo",
  filled: "Acionar o botão principal de um diálogo",
  go: "Ir para {0}",
  palette: "Buscar ou executar um comando",
  help: "Mostrar as teclas",
  monthBefore: "Mês anterior",
  monthAfter: "Próximo mês",
  hub: "Trocar de hub",
};

export const privacy = {
  title: "Privacidade",
  key: "Ocultar ou mostrar valores",
  hidden: "Valores ocultos",
  hide: "Ocultar valores",
  show: "Mostrar valores",
};

export const palette = {
  title: "Buscar ou executar",
  placeholder: "Tela, cliente, canal, telefone, fatura, valor ou ação",
  invoices: "Faturas",
  screens: "Telas",
  clients: "Clientes",
  channels: "Canais",
  hubs: "Hubs",
  actions: "Ações",
  months: "Meses",
  none: "Nada encontrado para “{0}”.",
  found: "{0|resultado|resultados}",
  move: "mover",
  open: "abrir",
};

export const paths = {
  book: { title: "Abrir um livro", files: "Livros do Hubledger" },
  usage: { title: "Escolher um arquivo de consumo", files: "Consumo, CSV" },
  parties: { title: "Escolher um arquivo de clientes e canais", files: "Clientes e canais, CSV ou JSON" },
  prices: { title: "Escolher uma tabela de preços", files: "Tabela de preços, CSV ou XLSX" },
  problems: { title: "Salvar as linhas com problemas", files: "CSV" },
  charges: { title: "Salvar as cobranças", files: "CSV" },
  volume: { title: "Escolher um arquivo de posições de volume", files: "Posições de volume, CSV" },
  paper: { title: "Salvar o PDF", files: "PDF" },
  logo: { title: "Escolher um logotipo", files: "Imagem, PNG, JPEG ou SVG" },
  table: { title: "Salvar como CSV", files: "CSV" },
  markets: { title: "Escolher uma lista de mercados", files: "Mercados, CSV" },
  folder: "Escolher uma pasta para os PDFs",
};


/** What a refusal speaks of, by the words of the book; what is not here is said as the book says it. */
export const spokenOf = {
  "The VAT ID": "Número de IVA",
  "The account holder": "Titular da conta",
  "The address": "Endereço",
  "The buyer reference": "Referência do comprador",
  "The channel's name": "Nome de exibição",
  "The city": "Cidade",
  "The client's name": "Nome do cliente",
  "The company name": "Nome da empresa",
  "The contact": "Contato",
  "The description": "Descrição",
  "The e-mail address": "E-mail",
  "The electronic address": "Endereço eletrônico",
  "The group": "Grupo",
  "The hub's name": "Nome do hub",
  "The invoice number": "Número da fatura",
  "The name": "Nome",
  "The note": "Observação",
  "The notes": "Observações",
  "The number": "Número",
  "The phone number": "Telefone",
  "The postal code": "Código postal",
  "The reason": "Motivo",
  "The register entry": "Registro comercial",
  "The source": "Origem",
  "The street": "Rua",
  "The tax number": "Número fiscal",
  "The terms": "Condições",
  "The text of a line": "Texto de uma linha",
  "The text": "Texto",
  "The time zone": "Fuso horário",
  "The website": "Site",
  "it has no counter, such as {####}": "não tem contador, como {####}",
  "it has more than one counter": "tem mais de um contador",
  "it is longer than 40 characters": "tem mais de 40 caracteres",
  "it names the year or the month twice": "nomeia o ano ou o mês duas vezes",
  "with a month and no year its numbers would come again next year": "com mês e sem ano os números se repetiriam no ano seguinte",
};
