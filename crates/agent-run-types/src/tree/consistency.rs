use super::inclusion::Place;
use super::node_hash;

/// Whether a path proves that the tree of `first_count` leaves is the beginning of the tree of `second_count` leaves (RFC
/// 9162, section 2.1.4.2). Nothing can be proved about an empty tree: false.
pub fn verify_consistency(
    first_count: u64,
    second_count: u64,
    path: &[[u8; 32]],
    first_root: &[u8; 32],
    second_root: &[u8; 32],
) -> bool {
    if first_count == 0 || first_count > second_count {
        return false;
    }
    if first_count == second_count {
        return path.is_empty() && first_root == second_root;
    }
    // The root of a complete first tree is a node of the second one, and left out of the path.
    let mut hashes = path.iter();
    let start = if first_count.is_power_of_two() { Some(first_root) } else { hashes.next() };
    let Some(start) = start else { return false };
    let mut place = Place { at: first_count - 1, last: second_count - 1 };
    while place.at % 2 == 1 {
        place.halve();
    }
    let (mut first, mut second) = (*start, *start);
    for sibling in hashes {
        if place.last == 0 {
            return false;
        }
        if place.is_right() {
            first = node_hash(sibling, &first);
            second = node_hash(sibling, &second);
        } else {
            second = node_hash(&second, sibling);
        }
        place.rise();
    }
    place.last == 0 && first == *first_root && second == *second_root
}
