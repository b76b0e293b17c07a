//! Names of columns and cells: `C` and `E7`.

/// The most rows and columns that a sheet of any format has.
pub(super) const ROWS: u32 = 1 << 20;
pub(super) const COLUMNS: u32 = 1 << 14;

/// The letters of a column, counted from 0.
pub(super) fn column(index: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The name of a cell: the row from 1, the column from 0.
pub(super) fn cell(row: u32, column_index: u32) -> String {
    format!("{}{row}", column(column_index))
}

/// Row and column, both from 0, of a cell's name; `None` for what no sheet has.
pub(super) fn parse(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, digits) = name.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    let row: u32 = digits.parse().ok()?;
    let fits = (1..=ROWS).contains(&row) && (1..=COLUMNS).contains(&column);
    fits.then(|| (row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_read_and_written() {
        for (name, row, column) in
            [("A1", 0, 0), ("Z9", 8, 25), ("AA10", 9, 26), ("XFD1048576", ROWS - 1, 16_383)]
        {
            assert_eq!(parse(name), Some((row, column)));
            assert_eq!(cell(row + 1, column), name);
        }
        for name in ["", "A", "7", "A0", "XFE1", "A1048577", "A99999999999", "É1", "A-1", "ZZZZZZZZZ1"] {
            assert_eq!(parse(name), None, "{name}");
        }
    }
}
