//! Registers, and the findings about them.
