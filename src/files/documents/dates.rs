//! Dates as formal documents write them: 二〇二六年五月一日, 1 May 2026.

use jiff::civil::Date;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Chinese form for any Chinese language, English form otherwise.
pub(super) fn formal(date: Date, language: &str) -> String {
    let (year, month, day) = (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs());
    if language.starts_with("zh") {
        let year: String = year.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect();
        return format!("{year}年{}月{}日", counted(month), counted(day));
    }
    format!("{day} {} {year}", MONTHS[usize::from(month) - 1])
}

/// 一 … 三十一, as days and months are spoken.
fn counted(number: u8) -> String {
    let digit = |value: u8| DIGITS[usize::from(value)];
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_string(),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, 0) => format!("{}十", digit(tens)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::formal;

    #[test]
    fn chinese_dates_are_written_out() {
        for (day, printed) in [
            (date(2026, 5, 1), "二〇二六年五月一日"),
            (date(2026, 10, 10), "二〇二六年十月十日"),
            (date(2030, 12, 20), "二〇三〇年十二月二十日"),
            (date(2026, 11, 31 - 1), "二〇二六年十一月三十日"),
            (date(2027, 1, 11), "二〇二七年一月十一日"),
            (date(2027, 1, 31), "二〇二七年一月三十一日"),
        ] {
            assert_eq!(formal(day, "zh-CN"), printed);
        }
    }

    #[test]
    fn english_dates_are_unambiguous() {
        assert_eq!(formal(date(2026, 5, 1), "en"), "1 May 2026");
        assert_eq!(formal(date(2026, 12, 31), "en-GB"), "31 December 2026");
    }
}
