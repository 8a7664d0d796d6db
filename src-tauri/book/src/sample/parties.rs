//! Who is in the sample: two hubs, a dozen clients and thirty channels, each with its opening
//! balance and with what it usually sends. All names, ids and numbers are made up.

use hubledger_core::channel::Tier;
use hubledger_core::channel::Tier::{HigherThroughput, Premium, Regular};

use super::flow::Flow;
use super::flow::Kind::{Call, FreeEntry, Login, Marketing, Service, Utility, WindowUtility};
use super::flow::Rhythm::{
    Daily, Friday, Monday, Office, Shop, Thursday, Travel, Tuesday, Wednesday,
};

/// The last day of [`CANCELLED`], in a month that is owed whole.
pub(super) const CANCELLED_ON: &str = "2026-09-15";

/// The Partner-Paid hub.
pub(super) const EUR_HUB: &str = "NrdE7kPA";
/// The Direct-Paid hub.
pub(super) const USD_HUB: &str = "NrdU2mPA";
/// The client whose own book lies beside the partner's.
pub(super) const BOOK_CLIENT: &str = "OptMd8CL";

/// Starts on 17 August, within a month that is charged pro-rata.
pub(super) const STARTED: &str = "ElbLb7CH";
/// Is cancelled.
pub(super) const CANCELLED: &str = "KanTh4CH";
/// Rises from Regular to Premium on 12 August.
pub(super) const UPGRADED: &str = "FenKr7CH";
/// Ends September below zero.
pub(super) const OVERDRAWN: &str = "MerMx3CH";
/// Its last days of July come with August's file.
pub(super) const LATE: &str = "eLt4M2CH";

pub(super) struct SampleClient {
    pub(super) hub: &'static str,
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) country: &'static str,
    pub(super) email: &'static str,
    pub(super) vat_id: &'static str,
    pub(super) channels: &'static [SampleChannel],
}

pub(super) struct SampleChannel {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Digits alone.
    pub(super) phone: &'static str,
    pub(super) tier: Tier,
    pub(super) started: &'static str,
    pub(super) time_zone: &'static str,
    /// On 1 July, of a Direct-Paid channel; empty for none.
    pub(super) opening: &'static str,
    pub(super) flows: &'static [Flow],
}

pub(super) const CLIENTS: [SampleClient; 12] = [
    SampleClient {
        hub: EUR_HUB,
        id: "HafRs1CL",
        name: "Hafenkontor Reisen GmbH",
        country: "DE",
        email: "rechnung@hafenkontor.example",
        vat_id: "DE999999987",
        channels: &[
            SampleChannel {
                id: "HafRs1CH",
                name: "Hafenkontor Reisen",
                phone: "494055501410",
                tier: Regular,
                started: "2024-03-01",
                time_zone: "Europe/Berlin",
                opening: "",
                flows: &[
                    ("DE", Utility, 58, Travel),
                    ("AT", Utility, 24, Travel),
                    ("CH", Utility, 16, Travel),
                    ("DE", Marketing, 460, Thursday),
                    ("DE", Service, 70, Travel),
                ],
            },
            SampleChannel {
                id: "HafKr2CH",
                name: "Hafenkontor Kreuzfahrten",
                phone: "494055501477",
                tier: Regular,
                started: "2025-02-17",
                time_zone: "Europe/Berlin",
                opening: "",
                flows: &[
                    ("DE", Utility, 34, Travel),
                    ("DK", Utility, 18, Travel),
                    ("DE", Marketing, 290, Tuesday),
                    ("DE", FreeEntry, 45, Travel),
                ],
            },
            SampleChannel {
                id: "HafGr3CH",
                name: "Hafenkontor Gruppen",
                phone: "494055501490",
                tier: Regular,
                started: "2025-09-01",
                time_zone: "Europe/Berlin",
                opening: "",
                flows: &[("DE", Utility, 22, Office), ("NL", Utility, 12, Office)],
            },
        ],
    },
    SampleClient {
        hub: EUR_HUB,
        id: "ElbUf3CL",
        name: "Kliniken am Elbufer gGmbH",
        country: "DE",
        email: "buchhaltung@elbufer.example",
        vat_id: "DE999999962",
        channels: &[
            SampleChannel {
                id: LATE,
                name: "Elbufer Termine",
                phone: "493515550200",
                tier: Premium,
                started: "2024-11-01",
                time_zone: "Europe/Berlin",
                opening: "",
                flows: &[
                    ("DE", Utility, 290, Office),
                    ("DE", Login, 48, Office),
                    ("DE", WindowUtility, 60, Office),
                    ("DE", Service, 190, Office),
                ],
            },
            SampleChannel {
                id: "ElbNt5CH",
                name: "Elbufer Notaufnahme",
                phone: "493515550112",
                tier: Premium,
                started: "2024-11-01",
                time_zone: "Europe/Berlin",
                opening: "",
                flows: &[("DE", Utility, 56, Daily), ("DE", Service, 85, Daily)],
            },
            SampleChannel {
                id: "ElbPs6CH",
                name: "Elbufer Personal",
                phone: "493515550240",
                tier: Regular,
                started: "2025-05-01",
                time_zone: "Europe/Berlin",
                opening: "",
                flows: &[
                    ("DE", Utility, 26, Office),
                    ("PL", Utility, 11, Office),
                    ("CZ", Utility, 10, Office),
                ],
            },
            SampleChannel {
                id: STARTED,
                name: "Elbufer Labor",
                phone: "493515550260",
                tier: Regular,
                started: "2026-08-17",
                time_zone: "Europe/Berlin",
                opening: "",
                flows: &[("DE", Utility, 44, Office), ("DE", Login, 15, Office)],
            },
        ],
    },
    SampleClient {
        hub: EUR_HUB,
        id: "VelNd2CL",
        name: "Velo Nord B.V.",
        country: "NL",
        email: "administratie@velonord.example",
        vat_id: "NL999999990B90",
        channels: &[
            SampleChannel {
                id: "VelNd8CH",
                name: "Velo Nord",
                phone: "31205550188",
                tier: Premium,
                started: "2024-06-01",
                time_zone: "Europe/Amsterdam",
                opening: "",
                flows: &[
                    ("NL", Utility, 74, Shop),
                    ("BE", Utility, 28, Shop),
                    ("NL", Marketing, 270, Wednesday),
                    ("DE", Marketing, 140, Wednesday),
                ],
            },
            SampleChannel {
                id: "VelWp9CH",
                name: "Velo Nord Werkplaats",
                phone: "31205550189",
                tier: Regular,
                started: "2025-04-01",
                time_zone: "Europe/Amsterdam",
                opening: "",
                flows: &[("NL", Utility, 38, Office), ("NL", Service, 52, Office)],
            },
        ],
    },
    SampleClient {
        hub: EUR_HUB,
        id: "ModLb4CL",
        name: "Moda Lisboa, Lda.",
        country: "PT",
        email: "faturas@modalisboa.example",
        vat_id: "PT999999990",
        channels: &[
            SampleChannel {
                id: "ModLb1CH",
                name: "Moda Lisboa",
                phone: "351215550142",
                tier: Regular,
                started: "2025-01-15",
                time_zone: "Europe/Lisbon",
                opening: "",
                flows: &[
                    ("PT", Marketing, 980, Tuesday),
                    ("ES", Marketing, 310, Tuesday),
                    ("PT", Utility, 46, Shop),
                    ("PT", FreeEntry, 90, Shop),
                ],
            },
            SampleChannel {
                id: "ModPt2CH",
                name: "Moda Porto",
                phone: "351225550143",
                tier: Regular,
                started: "2025-10-01",
                time_zone: "Europe/Lisbon",
                opening: "",
                flows: &[("PT", Marketing, 520, Tuesday), ("PT", Utility, 24, Shop)],
            },
        ],
    },
    SampleClient {
        hub: EUR_HUB,
        id: "KanMl5CL",
        name: "Κανέλα & Μέλι Α.Ε.",
        country: "GR",
        email: "logistirio@kanela.example",
        vat_id: "EL999999993",
        channels: &[
            SampleChannel {
                id: "KanAt3CH",
                name: "Κανέλα Αθήνα",
                phone: "302105550160",
                tier: Regular,
                started: "2025-03-10",
                time_zone: "Europe/Athens",
                opening: "",
                flows: &[
                    ("GR", Marketing, 640, Friday),
                    ("GR", Utility, 38, Shop),
                    ("CY", Utility, 14, Shop),
                ],
            },
            SampleChannel {
                id: CANCELLED,
                name: "Κανέλα Θεσσαλονίκη",
                phone: "302310555016",
                tier: Regular,
                started: "2025-03-10",
                time_zone: "Europe/Athens",
                opening: "",
                flows: &[("GR", Marketing, 290, Friday), ("GR", Utility, 16, Shop)],
            },
        ],
    },
    SampleClient {
        hub: EUR_HUB,
        id: "FenLg6CL",
        name: "Fenix Logistics Sp. z o.o.",
        country: "PL",
        email: "faktury@fenix.example",
        vat_id: "PL9999999982",
        channels: &[
            SampleChannel {
                id: "FenTr5CH",
                name: "Fenix Tracking",
                phone: "48225550190",
                tier: HigherThroughput,
                started: "2024-09-01",
                time_zone: "Europe/Warsaw",
                opening: "",
                flows: &[
                    ("PL", Utility, 1150, Office),
                    ("DE", Utility, 84, Office),
                    ("CZ", Utility, 130, Office),
                    ("LT", Utility, 45, Office),
                    ("PL", Login, 160, Office),
                ],
            },
            SampleChannel {
                id: "FenLd6CH",
                name: "Fenix Łódź",
                phone: "48425550191",
                tier: Regular,
                started: "2025-06-01",
                time_zone: "Europe/Warsaw",
                opening: "",
                flows: &[("PL", Utility, 240, Office)],
            },
            SampleChannel {
                id: UPGRADED,
                name: "Fenix Kurier",
                phone: "48225550192",
                tier: Regular,
                started: "2025-11-01",
                time_zone: "Europe/Warsaw",
                opening: "",
                flows: &[("PL", Utility, 330, Office), ("UA", Utility, 62, Office)],
            },
        ],
    },
    SampleClient {
        hub: EUR_HUB,
        id: "RozDl7CL",
        name: "Розова долина ООД",
        country: "BG",
        email: "fakturi@rozovadolina.example",
        vat_id: "BG999999995",
        channels: &[
            SampleChannel {
                id: "RozDl8CH",
                name: "Розова долина",
                phone: "35925550170",
                tier: Regular,
                started: "2025-07-01",
                time_zone: "Europe/Sofia",
                opening: "",
                flows: &[
                    ("BG", Marketing, 340, Monday),
                    ("BG", Utility, 48, Daily),
                    ("RO", Utility, 26, Daily),
                ],
            },
            SampleChannel {
                id: "RozKz9CH",
                name: "Розова къща за гости",
                phone: "35925550171",
                tier: Regular,
                started: "2026-01-12",
                time_zone: "Europe/Sofia",
                opening: "",
                flows: &[
                    ("BG", Utility, 20, Travel),
                    ("GB", Utility, 12, Travel),
                    ("IT", Utility, 11, Travel),
                ],
            },
        ],
    },
    SampleClient {
        hub: USD_HUB,
        id: BOOK_CLIENT,
        name: "Óptica Meridiano, S.L.",
        country: "ES",
        email: "facturas@meridiano.example",
        vat_id: "ESB99999997",
        channels: &[
            SampleChannel {
                id: "MerMa1CH",
                name: "Meridiano Madrid",
                phone: "34915550177",
                tier: Premium,
                started: "2025-02-01",
                time_zone: "Europe/Madrid",
                opening: "84.30",
                flows: &[
                    ("ES", Utility, 62, Shop),
                    ("ES", Marketing, 260, Monday),
                    ("PT", Utility, 14, Shop),
                    ("ES", Call, 180, Office),
                    ("ES", Service, 75, Shop),
                ],
            },
            SampleChannel {
                id: "MerSe2CH",
                name: "Meridiano Sevilla",
                phone: "34955550178",
                tier: Regular,
                started: "2026-07-13",
                time_zone: "Europe/Madrid",
                opening: "",
                flows: &[
                    ("ES", Utility, 36, Shop),
                    ("ES", Marketing, 120, Monday),
                    ("ES", Call, 70, Office),
                ],
            },
            SampleChannel {
                id: OVERDRAWN,
                name: "Meridiano México",
                phone: "525555500163",
                tier: Regular,
                started: "2025-08-01",
                time_zone: "America/Mexico_City",
                opening: "61.20",
                flows: &[
                    ("MX", Utility, 110, Shop),
                    ("MX", Marketing, 330, Monday),
                    ("US", Utility, 18, Shop),
                    ("MX", Call, 120, Office),
                ],
            },
        ],
    },
    SampleClient {
        hub: USD_HUB,
        id: "CafCe9CL",
        name: "Café do Cerrado Comércio de Alimentos Ltda",
        country: "BR",
        email: "financeiro@cerrado.example",
        vat_id: "",
        channels: &[
            SampleChannel {
                id: "CafCe4CH",
                name: "Café do Cerrado",
                phone: "553455500118",
                tier: HigherThroughput,
                started: "2024-12-01",
                time_zone: "America/Sao_Paulo",
                opening: "144.10",
                flows: &[
                    ("BR", Marketing, 1400, Wednesday),
                    ("BR", Utility, 210, Shop),
                    ("BR", Call, 160, Office),
                    ("BR", FreeEntry, 110, Shop),
                ],
            },
            SampleChannel {
                id: "CafAt5CH",
                name: "Cerrado Atacado",
                phone: "553455500119",
                tier: Regular,
                started: "2025-05-12",
                time_zone: "America/Sao_Paulo",
                opening: "90.00",
                flows: &[("BR", Utility, 140, Office), ("PY", Utility, 12, Office)],
            },
            SampleChannel {
                id: "CafDl6CH",
                name: "Cerrado Delivery",
                phone: "553455500120",
                tier: Regular,
                started: "2025-12-01",
                time_zone: "America/Sao_Paulo",
                opening: "38.75",
                flows: &[
                    ("BR", Utility, 320, Travel),
                    ("BR", Login, 60, Travel),
                    ("BR", Service, 140, Travel),
                ],
            },
        ],
    },
    SampleClient {
        hub: USD_HUB,
        id: "BogFr3CL",
        name: "Boğaz Feribot Taşımacılık A.Ş.",
        country: "TR",
        email: "muhasebe@bogazferibot.example",
        vat_id: "",
        channels: &[
            SampleChannel {
                id: "BogVp7CH",
                name: "Boğaz Vapurları",
                phone: "902125550164",
                tier: Premium,
                started: "2025-03-01",
                time_zone: "Europe/Istanbul",
                opening: "42.05",
                flows: &[
                    ("TR", Utility, 900, Travel),
                    ("TR", Login, 240, Travel),
                    ("GB", Marketing, 34, Thursday),
                    ("DE", Utility, 12, Travel),
                ],
            },
            SampleChannel {
                id: "BogKr8CH",
                name: "Boğaz Kargo",
                phone: "902125550165",
                tier: Regular,
                started: "2025-09-15",
                time_zone: "Europe/Istanbul",
                opening: "25.00",
                flows: &[("TR", Utility, 420, Office), ("TR", Marketing, 160, Monday)],
            },
        ],
    },
    SampleClient {
        hub: USD_HUB,
        id: "PamFd4CL",
        name: "Pampa Foods S.A.",
        country: "AR",
        email: "administracion@pampafoods.example",
        vat_id: "",
        channels: &[
            SampleChannel {
                id: "PamPe9CH",
                name: "Pampa Pedidos",
                phone: "541155500142",
                tier: Regular,
                started: "2025-01-20",
                time_zone: "America/Argentina/Buenos_Aires",
                opening: "61.20",
                flows: &[
                    ("AR", Utility, 64, Shop),
                    ("AR", Marketing, 210, Friday),
                    ("UY", Utility, 15, Shop),
                    ("AR", Call, 190, Office),
                ],
            },
            SampleChannel {
                id: "PamCl1CH",
                name: "Pampa Clientes",
                phone: "541155500143",
                tier: Regular,
                started: "2025-01-20",
                time_zone: "America/Argentina/Buenos_Aires",
                opening: "58.44",
                flows: &[("AR", Utility, 22, Daily), ("AR", Marketing, 95, Friday)],
            },
        ],
    },
    SampleClient {
        hub: USD_HUB,
        id: "KigKr5CL",
        name: "Kigali Kredit Ltd",
        country: "RW",
        email: "accounts@kigalikredit.example",
        vat_id: "",
        channels: &[
            SampleChannel {
                id: "KigKr2CH",
                name: "Kigali Kredit",
                phone: "250788555012",
                tier: Premium,
                started: "2025-06-15",
                time_zone: "Africa/Kigali",
                opening: "72.18",
                flows: &[
                    ("RW", Utility, 130, Daily),
                    ("RW", Login, 95, Daily),
                    ("KE", Utility, 40, Daily),
                    ("RW", Call, 60, Office),
                ],
            },
            SampleChannel {
                id: "KigHp3CH",
                name: "Kigali Msaada",
                phone: "250788555013",
                tier: Regular,
                started: "2026-02-01",
                time_zone: "Africa/Kigali",
                opening: "30.00",
                flows: &[("RW", Utility, 34, Office), ("RW", Service, 90, Daily)],
            },
        ],
    },
];

/// All channels with their clients.
pub(super) fn channels() -> impl Iterator<Item = (&'static SampleClient, &'static SampleChannel)> {
    CLIENTS
        .iter()
        .flat_map(|client| client.channels.iter().map(move |channel| (client, channel)))
}
