//! Elements and how they are written.

use crate::escape;

/// Which grammar the output follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// Empty elements close themselves.
    Xml,
    /// Only void elements have no end tag.
    Html,
}

/// One element with its content.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Element(Element),
    Text(String),
    /// Our own constants only: a style sheet.
    Verbatim(&'static str),
}

const VOID: [&str; 6] = ["br", "col", "hr", "img", "link", "meta"];

/// Elements whose children may stand on lines of their own without changing what is shown.
const BLOCKS: [&str; 24] = [
    "html",
    "head",
    "body",
    "main",
    "header",
    "footer",
    "nav",
    "section",
    "article",
    "figure",
    "table",
    "thead",
    "tbody",
    "tr",
    "ul",
    "ol",
    "dl",
    "svg",
    "g",
    "testsuites",
    "testsuite",
    "testcase",
    "div",
    "details",
];

impl Element {
    /// An element without attributes and content.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// Adds an attribute.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds text.
    #[must_use]
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Node::Text(text.into()));
        self
    }

    /// Adds text of this program as it is.
    #[must_use]
    pub(crate) fn verbatim(mut self, text: &'static str) -> Self {
        self.content.push(Node::Verbatim(text));
        self
    }

    /// Adds an element.
    #[must_use]
    pub(crate) fn child(mut self, child: Element) -> Self {
        self.content.push(Node::Element(child));
        self
    }

    /// Adds elements.
    #[must_use]
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.content.extend(children.into_iter().map(Node::Element));
        self
    }

    /// Writes the tree. Its depth is fixed by the code that built it, not by input.
    pub(crate) fn write(&self, syntax: Syntax) -> String {
        let mut out = String::new();
        self.write_to(syntax, &mut out);
        out
    }

    fn write_to(&self, syntax: Syntax, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape::markup(value, out);
            out.push('"');
        }
        if syntax == Syntax::Html && VOID.contains(&self.name) {
            out.push('>');
            return;
        }
        if syntax == Syntax::Xml && self.content.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        let breaks = BLOCKS.contains(&self.name) && !self.content.iter().any(|n| matches!(n, Node::Text(_)));
        for node in &self.content {
            if breaks {
                out.push('\n');
            }
            match node {
                Node::Element(element) => element.write_to(syntax, out),
                Node::Text(text) => escape::markup(text, out),
                Node::Verbatim(text) => out.push_str(text),
            }
        }
        if breaks && !self.content.is_empty() {
            out.push('\n');
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_cannot_open_or_close_anything() {
        let element = Element::new("p").with("title", "\"><script>").text("</p>&'\u{1}");
        let expected = "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;/p&gt;&amp;&#39;\u{fffd}</p>";
        assert_eq!(element.write(Syntax::Html), expected);
    }

    #[test]
    fn empty_elements_follow_the_grammar() {
        let line = Element::new("span").child(Element::new("br"));
        assert_eq!(line.write(Syntax::Html), "<span><br></span>");
        assert_eq!(line.write(Syntax::Xml), "<span><br/></span>");
        assert_eq!(Element::new("td").write(Syntax::Html), "<td></td>");
    }
}
