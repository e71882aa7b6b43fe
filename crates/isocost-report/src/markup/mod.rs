//! A small tree for HTML, SVG and XML. Text and attribute values can only be written escaped.

mod element;

pub(crate) use element::{Element, Syntax};
