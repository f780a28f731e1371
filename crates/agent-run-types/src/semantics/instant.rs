use std::fmt;

/// A point in time, exact to the nanosecond: seconds since 1970-01-01T00:00:00Z (negative before) and the nanoseconds
/// after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// The point in time that a text names, `YYYY-MM-DDThh:mm:ss[.1–9 digits](Z|±hh:mm)`; `None` for another form, and for
    /// a time that does not exist: 30 February, hour 24, second 60 (AR-RUN-007).
    pub fn parse(text: &str) -> Option<Instant> {
        let bytes = text.as_bytes();
        let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if bytes.len() < 20 || marks.iter().any(|&(at, mark)| bytes[at] != mark) {
            return None;
        }
        let [year, month, day] = [number(bytes, 0, 4)?, number(bytes, 5, 2)?, number(bytes, 8, 2)?];
        let [hour, minute, second] = [number(bytes, 11, 2)?, number(bytes, 14, 2)?, number(bytes, 17, 2)?];
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let (nanoseconds, zone) = fraction(bytes, 19)?;
        let seconds =
            days_since_epoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset(bytes, zone)?;
        Some(Instant { seconds, nanoseconds })
    }

    /// The point in time that is so many seconds and nanoseconds after 1970-01-01T00:00:00Z.
    pub fn from_unix(seconds: i64, nanoseconds: u32) -> Instant {
        Instant { seconds, nanoseconds }
    }

    /// Milliseconds from this point in time to a later one, with fractions.
    pub fn milliseconds_to(self, later: Instant) -> f64 {
        let seconds = (later.seconds - self.seconds) as f64;
        let nanoseconds = f64::from(later.nanoseconds) - f64::from(self.nanoseconds);
        seconds * 1000.0 + nanoseconds / 1e6
    }
}

/// As RFC 3339 in UTC, for years from 0 to 9999: `2026-11-20T14:02:11.48Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date_of(self.seconds.div_euclid(86_400));
        let second = self.seconds.rem_euclid(86_400);
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)?;
        if self.nanoseconds > 0 {
            let digits = format!("{:09}", self.nanoseconds);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

/// The number written with so many digits.
fn number(bytes: &[u8], at: usize, count: usize) -> Option<i64> {
    bytes
        .get(at..at + count)?
        .iter()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}

/// The nanoseconds of a fraction, if there is one, and where it ends.
fn fraction(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    if bytes.get(at) != Some(&b'.') {
        return Some((0, at));
    }
    let count = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&count) {
        return None;
    }
    let scale = 10_i64.pow(9 - count as u32);
    Some(((number(bytes, at + 1, count)? * scale) as u32, at + 1 + count))
}

/// The offset from UTC in seconds that ends a time.
fn offset(bytes: &[u8], at: usize) -> Option<i64> {
    let sign = match bytes.get(at)? {
        b'Z' if bytes.len() == at + 1 => return Some(0),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    if bytes.len() != at + 6 || bytes[at + 3] != b':' {
        return None;
    }
    let (hours, minutes) = (number(bytes, at + 1, 2)?, number(bytes, at + 4, 2)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::Instant;

    #[test]
    fn reads_times_exactly() {
        let at = |text: &str| Instant::parse(text).expect(text);
        assert_eq!(at("1970-01-01T00:00:00Z"), Instant::from_unix(0, 0));
        assert_eq!(at("1969-12-31T23:59:59.000000001Z"), Instant::from_unix(-1, 1));
        assert_eq!(at("2026-11-20T15:00:00+01:00"), at("2026-11-20T14:00:00.000Z"));
        assert!(at("2026-11-20T14:00:00.1Z") > at("2026-11-20T14:00:00.099999999Z"));
        assert_eq!(at("2026-11-20T14:00:00Z").milliseconds_to(at("2026-11-20T14:00:01.5Z")), 1500.0);
    }

    #[test]
    fn refuses_other_forms_and_times_that_do_not_exist() {
        for text in [
            "",
            "2026-11-20",
            "2026-11-20 14:00:00Z",
            "2026-11-20T14:00:00",
            "2026-11-20T14:00:00z",
            "2026-11-20T14:00:00.Z",
            "2026-11-20T14:00:00.1234567890Z",
            "2026-11-20T14:00:00+24:00",
            "2026-11-20T14:00:00+0100",
            "2026-02-29T14:00:00Z",
            "2026-04-31T14:00:00Z",
            "2026-13-01T14:00:00Z",
            "2026-11-20T24:00:00Z",
            "2026-11-20T14:00:60Z",
            "２026-11-20T14:00:00Z",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for text in ["0000-03-01T00:00:00Z", "2024-02-29T23:59:59.000000001Z", "9999-12-31T23:59:59.5Z"] {
            assert_eq!(Instant::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
        }
    }
}
