//! The digits, carried inside the program.

use std::fmt;

use crate::{StudyError, StudyResult};

/// 1,797 lines of 64 grey values and a class; origin and licence in `data/README.md`.
const TABLE: &str = include_str!("../data/digits.csv");

/// Pixels of an image.
pub(crate) const PIXELS: usize = 64;

/// Largest grey value; the smallest is 0.
pub(crate) const WHITE: u8 = 16;

/// Number of classes.
pub(crate) const CLASSES: usize = 10;

/// An image's position in the published file, from 0; written `digit0000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub usize);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "digit{:04}", self.0)
    }
}

/// One image of a handwritten digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digit {
    /// Its id.
    pub id: ItemId,
    /// 8 rows of 8 grey values from 0 to 16, top left first.
    pub pixels: [u8; PIXELS],
    /// The digit it shows, 0 to 9.
    pub label: u8,
}

/// All images, in the order of the published file.
#[derive(Debug, Clone)]
pub struct Digits {
    items: Vec<Digit>,
}

impl Digits {
    /// Reads the table that the program carries.
    pub fn load() -> StudyResult<Self> {
        Self::parse(TABLE)
    }

    fn parse(table: &str) -> StudyResult<Self> {
        let digit =
            |(index, line)| parse_line(index, line).map_err(|why| StudyError::Data { line: index + 1, why });
        Ok(Self { items: table.lines().enumerate().map(digit).collect::<StudyResult<_>>()? })
    }

    /// The image with that id.
    pub fn get(&self, id: ItemId) -> Option<&Digit> {
        self.items.get(id.0)
    }

    /// The images in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Digit> {
        self.items.iter()
    }

    /// Number of images.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no image.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// BLAKE3 of the table, in hexadecimal: names the data in what the study writes.
    pub fn fingerprint() -> String {
        blake3::hash(TABLE.as_bytes()).to_hex().to_string()
    }
}

impl<'a> IntoIterator for &'a Digits {
    type Item = &'a Digit;
    type IntoIter = std::slice::Iter<'a, Digit>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn parse_line(index: usize, line: &str) -> Result<Digit, &'static str> {
    let mut fields = line.trim_end().split(',');
    let mut pixels = [0; PIXELS];
    for pixel in &mut pixels {
        let value: u8 =
            fields.next().and_then(|field| field.parse().ok()).ok_or("a grey value is missing")?;
        if value > WHITE {
            return Err("a grey value is above 16");
        }
        *pixel = value;
    }
    let label: u8 = fields.next().and_then(|field| field.parse().ok()).ok_or("the class is missing")?;
    if usize::from(label) >= CLASSES {
        return Err("the class is no digit");
    }
    if fields.next().is_some() {
        return Err("there are more than 65 fields");
    }
    Ok(Digit { id: ItemId(index), pixels, label })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_classes_occur_as_often_as_the_data_set_s_description_says() {
        let digits = Digits::load().unwrap();
        let mut counts = [0; CLASSES];
        for digit in &digits {
            counts[usize::from(digit.label)] += 1;
        }
        // optdigits.names, "Class Distribution", test set.
        assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert_eq!(digits.len(), 1797);
    }

    #[test]
    fn no_image_occurs_twice_so_that_none_can_stand_in_two_splits() {
        let digits = Digits::load().unwrap();
        let distinct: BTreeSet<_> = digits.iter().map(|digit| digit.pixels).collect();
        assert_eq!(distinct.len(), digits.len());
    }

    #[test]
    fn a_damaged_line_is_named() {
        let good = "0,".repeat(64) + "7";
        assert_eq!(Digits::parse(&good).unwrap().get(ItemId(0)).unwrap().label, 7);
        let seventeen = "17,".repeat(64) + "7";
        let more = good.clone() + ",1";
        let class = "0,".repeat(64) + "10";
        for bad in [seventeen.as_str(), more.as_str(), class.as_str(), "", "0,1,2"] {
            let error = Digits::parse(&format!("{good}\n{bad}\n")).unwrap_err();
            assert!(matches!(error, StudyError::Data { line: 2, .. }), "{bad}: {error}");
        }
    }

    #[test]
    fn ids_sort_as_text_in_the_order_of_the_file() {
        assert_eq!(ItemId(7).to_string(), "digit0007");
        assert!(ItemId(999).to_string() < ItemId(1000).to_string());
    }
}
