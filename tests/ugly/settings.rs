//! site.toml: everything that can be wrong with it, one finding for each mistake.

use super::site::{Site, is_linear, settings};

#[test]
fn a_name_of_thousands_of_parts_is_refused_at_its_line() {
    settings(&format!("{} = 1\n", ["a"; 300].join("."))).is_refused(
        r"
error[toml-syntax]: a name has more than 80 parts
 --> site.toml:1:1
  |
1 | a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.…
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write it with fewer full stops
",
    );
}

#[test]
fn brackets_without_end_are_refused_where_they_become_too_many() {
    settings(&format!("[licences]\nsnomed_ct = {}\n", "[".repeat(100_000))).is_refused(
        r"
error[toml-syntax]: brackets lie too deep in each other
 --> site.toml:8:93
  |
8 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
  |                                ^ help: write it with fewer levels
",
    );
}

#[test]
fn mistakes_by_the_thousand_take_time_in_proportion() {
    is_linear(1500, |size| {
        Site::new().with("site.toml", format!("{} = 1\n", ["a"; 10].join(".")).repeat(size))
    });
    is_linear(1500, |size| {
        Site::new().with("site.toml", (0..size).map(|n| format!("a{n} = yes\n")).collect::<String>())
    });
    is_linear(1500, |size| {
        Site::new().with("site.toml", (0..size).map(|n| format!("[t{n}]\nx = yes\n")).collect::<String>())
    });
    is_linear(10_000, |size| Site::new().with("site.toml", format!("{} = 1\n", vec!["a"; size].join("."))));
}
