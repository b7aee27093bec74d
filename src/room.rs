//! Gives back the room that growing took: a site keeps the texts and trees of all its pages.
//!
//! `shrink_to_fit` of the standard library leaves it to the allocator, and ours keeps a block of which half is used.

/// Moves the items of `list` to room of just their size.
pub fn fit<T>(list: &mut Vec<T>) {
    if list.capacity() > list.len() {
        let mut exact = Vec::with_capacity(list.len());
        exact.append(list);
        *list = exact;
    }
}

/// Moves `text` to room of just its size.
pub fn fit_text(text: &mut String) {
    if text.capacity() > text.len() {
        *text = String::from(text.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_grown_keeps_its_items_and_no_spare_room() {
        let mut list = Vec::with_capacity(9);
        list.extend(["neck", "back"]);
        fit(&mut list);
        assert_eq!((list.capacity(), list), (2, vec!["neck", "back"]));
        let mut text = String::with_capacity(9);
        text.push_str("knee");
        fit_text(&mut text);
        assert_eq!((text.capacity(), text.as_str()), (4, "knee"));
    }
}
