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
  skip: "Ir al contenido",
  navigation: "Pantallas",
  loading: "Cargando",
  broke: "Esta pantalla no se puede mostrar. El libro está como estaba: nada cambió en él por esto.",
};

export const screen = {
  overview: "Resumen",
  hubs: "Hubs",
  clients: "Clientes y canales",
  balances: "Saldos",
  charges: "Cargos",
  import: "Importar consumo",
  close: "Cierre de mes",
  invoices: "Facturas",
  "client-invoices": "Facturas a clientes",
  ledger: "Libro mayor",
  prices: "Precios",
  settings: "Configuración",
};

export const top = {
  hub: "Hub",
  chooseHub: "Elegir un hub",
  noHub: "Aún no hay hubs",
  month: "Mes",
  chooseMonth: "Elegir un mes",
  before: "Mes anterior",
  after: "Mes siguiente",
  open: "abierto",
  closed: "cerrado",
  running: "en curso",
  find: "Buscar o ejecutar un comando",
};

export const status = {
  label: "Estado del libro",
  saved: "Guardado {0}",
  balance: "El libro cuadra",
  notChecked: "Comprobar el libro",
  checkAgain: "Cambió desde la última comprobación",
  failing: "{0|regla del libro no se cumple|reglas del libro no se cumplen}",
  checking: "Comprobando…",
  sample: "Libro de ejemplo",
  backup: "Copia {0}",
  today: "hoy {0}",
  yesterday: "ayer {0}",
  daysAgo: "hace {0} días",
  neverBackedUp: "Aún sin copia de seguridad",
  noBackup: "No se pudo hacer la copia",
  readOnly: "Solo lectura: {0} lo tiene abierto",
  unrated: "{0|cargo sin precio|cargos sin precio}",
  closeBook: "Cerrar el libro",
};

export const check = {
  title: "¿Cuadra el libro?",
  copy: "Copiar el informe",
  good: "Se cumplen todas las reglas del libro. Todo se volvió a calcular a partir de sus asientos.",
  failing: "Algunas reglas no se cumplen. Nada cambió; las líneas siguientes dicen dónde.",
  holds: "se cumple",
  fails: "no se cumple",
  looked: "{0} revisados",
  /** What holds, by its word in the book. */
  rule: {
    "file-sound": "El archivo está sano",
    "schema-whole": "Las tablas y las reglas que las guardan están como se crearon",
    "tables-as-written": "Cada tabla contiene lo que este programa escribió",
    "columns-exact": "Cada importe se guarda exacto",
    "entries-balance": "Cada asiento cuadra a cero, en una moneda",
    "usage-posted": "El consumo de cada saldo es la suma de sus cargos",
    "shares-add-up": "Cada saldo compartido es la suma de las partes de sus clientes y de lo que no es de ninguno",
    "top-ups-posted": "Cada recarga y cada reembolso está registrado una vez",
    "vat-posted": "El IVA de recargas y pagos es el que se registró",
    "charges-traced": "Cada cargo lleva hasta su archivo",
    "charges-priced": "Cada cargo es lo que dice su tarifa o su archivo",
    "charges-counted": "Los tramos de volumen y mensajes gratis coinciden al contarlos de nuevo",
    "sums-of-charges": "Las sumas que se llevan coinciden con los cargos",
    "invoices-add-up": "Cada factura fijada es la suma de sus líneas y su IVA",
    "closings-add-up": "Cada cierre de mes cuadra en céntimos enteros",
    "closings-meet-ledger": "Cada cierre de mes es la suma de sus movimientos y termina en el saldo del libro mayor",
    "payable-meets-invoices": "La deuda con 360Dialog es la suma de las facturas",
    "months-whole": "Los meses cerrados están completos y en orden",
    "months-sealed": "Ninguna fila de un mes sellado cambió",
    "charges-stand": "Un cargo está revertido por otro, o vale",
    "entries-mirrored": "Lo que revierte un asiento es su reflejo, una vez",
    "undone-is-nothing": "Lo deshecho suma cero",
  },
};

export const table = {
  columns: "Columnas",
  marked: "{0|fila marcada|filas marcadas}",
  csv: "Guardar como CSV…",
  saved: "{0|fila escrita|filas escritas}",
};

export const button = {
  cancel: "Cancelar",
  close: "Cerrar",
  save: "Guardar",
  back: "Volver",
  keep: "Conservar",
  find: "Buscar…",
  more: "Más",
  show: "Mostrar",
  change: "Cambiar",
  again: "Reintentar",
  dismiss: "Descartar",
  closePanel: "Cerrar el panel",
};

export const field = {
  optional: "Puede quedar vacío",
  day: "Día/mes/año, o 22 sept",
  choose: "Elegir…",
};

export const keysHelp = {
  title: "Teclas",
  why: "Las teclas sueltas funcionan mientras no se escriba en un campo.",
  move: "Fila siguiente y anterior",
  ends: "Primera y última fila",
  open: "Abrir el panel",
  mark: "Marcar una fila",
  markOn: "Marcar de fila en fila",
  copy: "Copiar la fila, o todas las marcadas",
  nearest: "Cerrar lo más cercano",
  filled: "Pulsar el botón principal de un diálogo",
  go: "Ir a {0}",
  palette: "Buscar o ejecutar un comando",
  help: "Mostrar las teclas",
  monthBefore: "Mes anterior",
  monthAfter: "Mes siguiente",
  hub: "Cambiar de hub",
};

export const privacy = {
  title: "Privacidad",
  key: "Ocultar o mostrar importes",
  hidden: "Importes ocultos",
  hide: "Ocultar importes",
  show: "Mostrar importes",
};

export const palette = {
  title: "Buscar o ejecutar",
  placeholder: "Pantalla, cliente, canal, teléfono, factura, importe o acción",
  invoices: "Facturas",
  screens: "Pantallas",
  clients: "Clientes",
  channels: "Canales",
  hubs: "Hubs",
  actions: "Acciones",
  months: "Meses",
  none: "No se encontró nada para «{0}».",
  found: "{0|resultado|resultados}",
  move: "mover",
  open: "abrir",
};

export const paths = {
  book: { title: "Abrir un libro", files: "Libros de Hubledger" },
  usage: { title: "Elegir un archivo de consumo", files: "Consumo, CSV" },
  parties: { title: "Elegir un archivo de clientes y canales", files: "Clientes y canales, CSV o JSON" },
  prices: { title: "Elegir una lista de precios", files: "Lista de precios, CSV o XLSX" },
  problems: { title: "Guardar las filas con problemas", files: "CSV" },
  charges: { title: "Guardar los cargos", files: "CSV" },
  volume: { title: "Elegir un archivo de posiciones de volumen", files: "Posiciones de volumen, CSV" },
  paper: { title: "Guardar el PDF", files: "PDF" },
  logo: { title: "Elegir un logotipo", files: "Imagen, PNG, JPEG o SVG" },
  table: { title: "Guardar como CSV", files: "CSV" },
  markets: { title: "Elegir una lista de mercados", files: "Mercados, CSV" },
  folder: "Elegir una carpeta para los PDF",
};


/** What a refusal speaks of, by the words of the book; what is not here is said as the book says it. */
export const spokenOf = {
  "The VAT ID": "NIF-IVA",
  "The account holder": "Titular de la cuenta",
  "The address": "Dirección",
  "The buyer reference": "Referencia del comprador",
  "The channel's name": "Nombre visible",
  "The city": "Ciudad",
  "The client's name": "Nombre del cliente",
  "The company name": "Nombre de la empresa",
  "The contact": "Contacto",
  "The description": "Descripción",
  "The e-mail address": "Correo electrónico",
  "The electronic address": "Dirección electrónica",
  "The group": "Grupo",
  "The hub's name": "Nombre del hub",
  "The invoice number": "Número de factura",
  "The name": "Nombre",
  "The note": "Nota",
  "The notes": "Notas",
  "The number": "Número",
  "The phone number": "Teléfono",
  "The postal code": "Código postal",
  "The reason": "Motivo",
  "The register entry": "Inscripción registral",
  "The source": "Origen",
  "The street": "Calle",
  "The tax number": "Número fiscal",
  "The terms": "Condiciones",
  "The text of a line": "Texto de una línea",
  "The text": "Texto",
  "The time zone": "Zona horaria",
  "The website": "Sitio web",
  "it has no counter, such as {####}": "no tiene contador, como {####}",
  "it has more than one counter": "tiene más de un contador",
  "it is longer than 40 characters": "tiene más de 40 caracteres",
  "it names the year or the month twice": "nombra el año o el mes dos veces",
  "with a month and no year its numbers would come again next year": "con mes y sin año sus números se repetirían al año siguiente",
};
