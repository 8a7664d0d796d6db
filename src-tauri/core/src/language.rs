//! The languages that papers are written in, by the recipient's choice. The wordings that a law
//! prescribes stand beside the rule that wants them; the others belong to `document`.

use crate::error::Error;

/// A language of the recipient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    #[default]
    English,
    German,
    Spanish,
    /// As Brazil writes it.
    Portuguese,
    French,
    Italian,
}

impl Language {
    pub const ALL: [Self; 6] = [
        Self::English,
        Self::German,
        Self::Spanish,
        Self::Portuguese,
        Self::French,
        Self::Italian,
    ];

    /// The tag of BCP 47: `en`, `pt-BR`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Portuguese => "pt-BR",
            Self::French => "fr",
            Self::Italian => "it",
        }
    }

    /// Reads a tag in any case.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| Error::UnknownChoice {
                text: text.trim().chars().take(40).collect(),
                allowed: "en, de, es, pt-BR, fr, it",
            })
    }

    /// One of six words, in the order of [`Self::ALL`].
    pub fn pick(self, words: [&'static str; 6]) -> &'static str {
        let [english, german, spanish, portuguese, french, italian] = words;
        match self {
            Self::English => english,
            Self::German => german,
            Self::Spanish => spanish,
            Self::Portuguese => portuguese,
            Self::French => french,
            Self::Italian => italian,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_by_its_tag() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.tag()), Ok(language));
        }
        assert_eq!(Language::parse(" PT-br "), Ok(Language::Portuguese));
        assert!(Language::parse("nl").is_err());
    }
}
