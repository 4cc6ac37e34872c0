//! The languages of the interface, and how one is chosen. A contest's own texts stay in the contest's language.

/// A language that the interface speaks. The first is the one it was written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    #[default]
    Zh,
    /// Chinese, where those who mark are called 评委 instead of 裁判. The contest chooses it, not the reader.
    ZhJury,
    En,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::Zh, Language::En];

    /// BCP 47, for `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Zh | Language::ZhJury => "zh-CN",
            Language::En => "en",
        }
    }

    /// In the language itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Zh | Language::ZhJury => "中文",
            Language::En => "English",
        }
    }

    /// The same language, with the words of a contest that has adjudicators (评委).
    #[must_use]
    pub fn of_jury(self, adjudicators: bool) -> Self {
        match self {
            Language::Zh if adjudicators => Language::ZhJury,
            other => other,
        }
    }

    /// Stands between the items of a list.
    pub fn comma(self) -> &'static str {
        match self {
            Language::Zh | Language::ZhJury => "、",
            Language::En => ", ",
        }
    }

    /// Stands between what is explained and the explanation.
    pub(super) fn colon(self) -> &'static str {
        match self {
            Language::Zh | Language::ZhJury => "：",
            Language::En => ": ",
        }
    }

    /// Stands between alternatives.
    pub(super) fn or(self) -> &'static str {
        match self {
            Language::Zh | Language::ZhJury => " 或 ",
            Language::En => ", or ",
        }
    }

    /// From a tag such as `zh`, `zh-Hans-CN`, `en_GB.UTF-8`; only its first part counts.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Language::Zh),
            "en" => Some(Language::En),
            _ => None,
        }
    }

    /// The best of an `Accept-Language` header (RFC 9110, 12.5.4); the default when it names none of ours.
    pub fn accepted(header: &str) -> Self {
        // Weights are compared as thousandths: there are at most three digits.
        let weight = |item: &str| {
            let q = item.split(';').skip(1).find_map(|part| part.trim().strip_prefix("q="));
            q.map_or(1000, thousandths)
        };
        let mut best: Option<(u32, Language)> = None;
        for item in header.split(',') {
            let Some(language) = Self::parse(item.split(';').next().unwrap_or_default()) else { continue };
            let weight = weight(item);
            if weight > 0 && best.is_none_or(|(so_far, _)| weight > so_far) {
                best = Some((weight, language));
            }
        }
        best.map_or_else(Language::default, |(_, language)| language)
    }
}

fn thousandths(q: &str) -> u32 {
    let (whole, part) = q.trim().split_once('.').unwrap_or((q.trim(), ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: u32 = whole.parse().unwrap_or(0);
    (whole * 1000).saturating_add(digits.parse().unwrap_or(0)).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_chooses() {
        for (header, expected) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Zh),
            ("en-GB,en;q=0.9,zh;q=0.8", Language::En),
            ("en;q=0.5,zh;q=0.75", Language::Zh),
            ("fr,en;q=0.1", Language::En),
            ("zh;q=0,en;q=0.001", Language::En),
            ("fr", Language::Zh),
            ("", Language::Zh),
        ] {
            assert_eq!(Language::accepted(header), expected, "{header}");
        }
    }
}
