use super::ast::Path;
use super::value::Value;

/// Where a rule finds its numbers.
pub trait Scope {
    /// What `path` holds in `file`, or in the file that is meant when none is named.
    ///
    /// A path that expands (`*`, `{a,b}`) gives one value per expansion. If any of its expansions is not there, or there
    /// is none at all, the answer is [`Lookup::Missing`].
    fn path(&self, file: Option<&str>, path: &Path) -> Lookup;

    /// A statistic by its canonical name (see [`STATISTICS`](super::STATISTICS)).
    ///
    /// A scope that does not know `name` answers [`Lookup::NotApplicable`].
    fn call(&self, name: &str, args: &[Arg]) -> Lookup;

    /// The values of an axis in order, or `None` if the scope has no such axis. `axis` is singular: `budget`, `seed`.
    fn axis(&self, axis: &str) -> Option<Vec<String>>;

    /// The same scope at one value of an axis.
    fn restrict(&self, axis: &str, value: &str) -> Option<Box<dyn Scope + '_>>;

    /// The expansions of a path, each with its concrete path in words; `None` where the scope cannot name them.
    ///
    /// Only used for messages and for `argmax`; [`Scope::path`] decides what is there.
    fn expansions(&self, _file: Option<&str>, _path: &Path) -> Option<Vec<(String, Value)>> {
        None
    }
}

/// The answer to a question to a [`Scope`].
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup {
    /// One value, or one per expansion.
    Values(Vec<Value>),
    /// What is not there, in words.
    Missing(String),
    /// Why the question makes no sense here, in words.
    NotApplicable(String),
}

/// An argument handed to [`Scope::call`].
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A bare name, usually of an arm or a metric. Dotted paths come as their text.
    Name(String),
    /// A quoted text.
    Text(String),
    /// A number.
    Number(f64),
    /// `name=value`.
    Named(String, Box<Arg>),
}
