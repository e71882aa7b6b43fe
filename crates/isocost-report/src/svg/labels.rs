//! Labels that do not cover each other.

/// A rectangle that a label takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Place {
    fn overlaps(&self, other: &Place) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// How far a label may be moved, in steps of its height.
const TRIES: u8 = 12;

/// Moves each place up or down, alternately and further each time, until it overlaps none of `taken` nor a place
/// before it, within `top..bottom`. One that finds no room stays where it was asked for.
pub(crate) fn spread(wanted: &[Place], taken: &[Place], top: f64, bottom: f64) -> Vec<Place> {
    let mut placed: Vec<Place> = Vec::new();
    for place in wanted {
        let free = offsets(place.height)
            .map(|offset| Place { y: place.y + offset, ..*place })
            .filter(|moved| moved.y >= top && moved.y + moved.height <= bottom)
            .find(|moved| !placed.iter().chain(taken).any(|other| moved.overlaps(other)));
        placed.push(free.unwrap_or(*place));
    }
    placed
}

fn offsets(height: f64) -> impl Iterator<Item = f64> {
    let step = height * 0.5;
    std::iter::once(0.0).chain((1..=TRIES).flat_map(move |n| [-step * f64::from(n), step * f64::from(n)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_at_one_point_are_stacked_without_overlap() {
        let wanted = [Place { x: 0.0, y: 50.0, width: 40.0, height: 14.0 }; 5];
        let placed = spread(&wanted, &[], 0.0, 200.0);
        for (index, a) in placed.iter().enumerate() {
            assert!(placed.iter().skip(index + 1).all(|b| !a.overlaps(b)), "{placed:?}");
        }
    }

    #[test]
    fn a_label_without_room_stays_where_it_belongs() {
        let wanted = [Place { x: 0.0, y: 2.0, width: 40.0, height: 14.0 }; 2];
        assert_eq!(spread(&wanted, &[], 0.0, 18.0)[1].y.to_bits(), 2.0f64.to_bits());
    }
}
