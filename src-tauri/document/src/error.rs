//! Why a document could not be made.

/// What stood in the way of a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error(
        "“{character}” (U+{:04X}) in “{text}” can't be printed: no bundled font has it. Write the name in Latin, Greek, Cyrillic, Arabic or Hebrew letters.",
        u32::from(*.character)
    )]
    MissingGlyph { character: char, text: String },
    #[error("“{text}…” is too long for a page. Shorten it.")]
    TextTooLong { text: String },
    #[error("The logo can't be used: {0}.")]
    UnusableLogo(String),
    #[error("The colour {0}.")]
    UnusableColour(String),
    #[error("The bundled font {0} can't be read. Install the app again.")]
    UnreadableFont(&'static str),
    #[error(transparent)]
    Rule(#[from] hubledger_core::Error),
    #[error("The PDF was not written as it should be ({0}). Report this as a fault of the app.")]
    FaultyPdf(String),
}
