//! Words to the ids of headings.

/// The id that `words` give: letters and digits in lower case, hyphens for everything between.
///
/// Letters of every script are kept, as `CommonMark` forges do. Text without any letter or digit gives `section`.
pub fn slug(words: &str) -> String {
    let mut id = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') && c != '\'' && c != '’' {
            id.push('-');
        }
    }
    let end = id.trim_end_matches('-').len();
    id.truncate(end);
    if id.is_empty() { "section".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_words_in_lower_case_with_hyphens() {
        assert_eq!(slug("Stop if"), "stop-if");
        assert_eq!(slug("  What we don't know!  "), "what-we-dont-know");
        assert_eq!(slug("Übungen für den Rücken"), "übungen-für-den-rücken");
        assert_eq!(slug("???"), "section");
    }
}
