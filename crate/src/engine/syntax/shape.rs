//! What the parser makes of tokens: as much of a tree as messages are about.

/// What a part of a program is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// An optional part that is not there.
    Nothing,
    /// A single token.
    Token,
    /// Several parts with no meaning of their own.
    Parts,
    Statement,
    Arguments,
    Keywords,
    Unpacked,
    Parameter,
    In,
    Conversion,
    Literal,
    Tuple,
    List,
    Set,
    Dict,
    Starred,
    Named,
    Conditional,
    Lambda,
    Operation,
    Comparison,
    Await,
    Yield,
    Call,
    Attribute,
    Subscript,
    Ellipsis,
    Text,
    Format,
    Template,
    Generator,
    ListComprehension,
    SetComprehension,
    DictComprehension,
}

const NAMES: [(&str, Shape); 31] = [
    ("Statement", Shape::Statement),
    ("Arguments", Shape::Arguments),
    ("Keywords", Shape::Keywords),
    ("Unpacked", Shape::Unpacked),
    ("Parameter", Shape::Parameter),
    ("In", Shape::In),
    ("Conversion", Shape::Conversion),
    ("Literal", Shape::Literal),
    ("Tuple", Shape::Tuple),
    ("List", Shape::List),
    ("Set", Shape::Set),
    ("Dict", Shape::Dict),
    ("Starred", Shape::Starred),
    ("Named", Shape::Named),
    ("Conditional", Shape::Conditional),
    ("Lambda", Shape::Lambda),
    ("Operation", Shape::Operation),
    ("Comparison", Shape::Comparison),
    ("Await", Shape::Await),
    ("Yield", Shape::Yield),
    ("Call", Shape::Call),
    ("Attribute", Shape::Attribute),
    ("Subscript", Shape::Subscript),
    ("Ellipsis", Shape::Ellipsis),
    ("Text", Shape::Text),
    ("Format", Shape::Format),
    ("Template", Shape::Template),
    ("Generator", Shape::Generator),
    ("ListComprehension", Shape::ListComprehension),
    ("SetComprehension", Shape::SetComprehension),
    ("DictComprehension", Shape::DictComprehension),
];

impl Shape {
    /// The shape that the grammar calls so.
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(it, _)| *it == name).map(|(_, shape)| *shape)
    }

    /// What messages call an expression of this shape; a token's name depends on the token.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Subscript => "subscript",
            Self::Starred => "starred",
            Self::List => "list",
            Self::Tuple => "tuple",
            Self::Lambda => "lambda",
            Self::Call => "function call",
            Self::Operation => "expression",
            Self::Generator => "generator expression",
            Self::Yield => "yield expression",
            Self::Await => "await expression",
            Self::ListComprehension => "list comprehension",
            Self::SetComprehension => "set comprehension",
            Self::DictComprehension => "dict comprehension",
            Self::Dict => "dict literal",
            Self::Set => "set display",
            Self::Format => "f-string expression",
            Self::Template => "t-string expression",
            Self::Comparison => "comparison",
            Self::Conditional => "conditional expression",
            Self::Named => "named expression",
            Self::Ellipsis => "ellipsis",
            _ => "literal",
        }
    }
}

/// A part of a program: what it is, its first token and the one behind its last, and the parts that it has.
pub(super) struct Node {
    pub(super) shape: Shape,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) parts: Vec<usize>,
}
