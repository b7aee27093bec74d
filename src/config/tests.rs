//! Settings, and the findings about them.
