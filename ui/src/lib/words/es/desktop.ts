// The window as a part of the desktop: its menu, files that are dropped, what it says of itself.

/** In the names of menus, & goes before the letter that opens them with Alt. */
export const menu = {
  file: "&Archivo",
  edit: "&Editar",
  view: "&Ver",
  help: "A&yuda",
  newBook: "Libro nuevo…",
  openBook: "Abrir un libro…",
  recent: "Libros recientes",
  noRecent: "Ninguno todavía",
  bringIn: "Importar",
  handOut: "Exportar",
  charges: "Cargos en CSV…",
  hubInvoices: "Facturas de 360Dialog…",
  clientInvoices: "Facturas a clientes…",
  trial: "Balance de sumas y saldos en CSV…",
  entries: "Asientos en CSV…",
  close: "Cerrar el libro",
  quit: "Salir",
  undo: "Deshacer",
  cut: "Cortar",
  copy: "Copiar",
  paste: "Pegar",
  all: "Seleccionar todo",
  find: "Buscar o ejecutar…",
  larger: "Aumentar",
  smaller: "Reducir",
  normal: "Tamaño normal",
  keys: "Teclas…",
  about: "Acerca de Hubledger",
};

export const aboutApp = {
  line: "Libros para hubs de 360Dialog, en un solo archivo de este equipo.",
  licence: "Software libre con la licencia Apache 2.0, sin garantía alguna.",
};

export const openingBook = {
  opens: "Abriendo el libro",
  refused: "No se ha abierto",
  busy: "Todavía hay algo en marcha. Espere a que termine o deténgalo.",
};

export const drop = {
  title: "Suelte aquí los archivos",
  list: "Archivos soltados",
  lead: "Nada se registra antes de que usted lo haya visto.",
  does: {
    book: "Abre este libro",
    usage: "Muestra lo que registraría este consumo",
    prices: "Muestra lo que añadiría esta lista de precios",
    parties: "Muestra qué clientes y canales son nuevos",
    volumes: "Muestra lo que cambiarían estas posiciones de volumen",
    markets: "Muestra qué países cambiarían de mercado",
    folder: "Es una carpeta: suelte los archivos que contiene",
    unknown: "No es un archivo que Hubledger conozca",
  },
  noBook: "Abra primero un libro",
  readOnly: "Este libro está abierto solo para lectura",
  look: "Ver",
  open: "Abrir",
  waiting: "{0|archivo soltado espera|archivos soltados esperan}",
  knows: "Se admiten libros (.hubbook); consumo, listas de precios, clientes y canales, posiciones de volumen y listas de mercados en CSV; archivos de precios de Meta en XLSX, y respuestas guardadas de la API de socios en JSON.",
};
