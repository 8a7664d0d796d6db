// The window as a part of the desktop: its menu, files that are dropped, what it says of itself.

/** In the names of menus, & goes before the letter that opens them with Alt. */
export const menu = {
  file: "&Arquivo",
  edit: "&Editar",
  view: "E&xibir",
  help: "Aj&uda",
  newBook: "Novo livro…",
  openBook: "Abrir um livro…",
  recent: "Livros recentes",
  noRecent: "Nenhum ainda",
  bringIn: "Importar",
  handOut: "Exportar",
  charges: "Cobranças em CSV…",
  hubInvoices: "Faturas da 360Dialog…",
  clientInvoices: "Faturas para clientes…",
  trial: "Balancete em CSV…",
  entries: "Lançamentos em CSV…",
  close: "Fechar o livro",
  quit: "Sair",
  undo: "Desfazer",
  cut: "Recortar",
  copy: "Copiar",
  paste: "Colar",
  all: "Selecionar tudo",
  find: "Buscar ou executar…",
  larger: "Aumentar",
  smaller: "Diminuir",
  normal: "Tamanho normal",
  keys: "Teclas…",
  about: "Sobre o Hubledger",
};

export const aboutApp = {
  line: "Livros para hubs da 360Dialog, em um único arquivo neste computador.",
  licence: "Software livre sob a licença Apache 2.0, sem nenhuma garantia.",
};

export const openingBook = {
  opens: "Abrindo o livro",
  refused: "Não foi aberto",
  busy: "Algo ainda está em andamento. Espere terminar ou interrompa.",
};

export const drop = {
  title: "Solte os arquivos aqui",
  list: "Arquivos soltos",
  lead: "Nada é lançado antes de você conferir.",
  does: {
    book: "Abre este livro",
    usage: "Mostra o que este consumo lançaria",
    prices: "Mostra o que esta tabela de preços acrescentaria",
    parties: "Mostra quais clientes e canais são novos",
    volumes: "Mostra o que estas posições de volume mudariam",
    markets: "Mostra quais países mudariam de mercado",
    folder: "É uma pasta: solte os arquivos que estão nela",
    unknown: "Não é um arquivo que o Hubledger conheça",
  },
  noBook: "Abra um livro primeiro",
  readOnly: "Este livro está aberto somente para leitura",
  look: "Ver",
  open: "Abrir",
  waiting: "{0|arquivo solto espera|arquivos soltos esperam}",
  knows: "São aceitos livros (.hubbook); consumo, tabelas de preços, clientes e canais, posições de volume e listas de mercados em CSV; arquivos de preços da Meta em XLSX e respostas salvas da API de parceiros em JSON.",
};
