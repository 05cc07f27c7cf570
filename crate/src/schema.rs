//! The TypeScript side of the schema: writes `www/src/generated`, or fails when what is committed there is stale.

use std::{env, fmt::Write, fs, path::Path};

use ts_rs::TS;

use crate::{
    analysis::{diagnostic, moment, timeline},
    explore,
    trace::event,
    workspace,
};

const COMMAND: &str = "LOOPSCOPE_BLESS=1 cargo +1.97.0 test -p loopscope schema";

fn declare<T: TS + ?Sized>(text: &mut String) {
    if let Some(docs) = T::docs() {
        text.push_str(&docs);
        if !docs.ends_with('\n') {
            text.push('\n');
        }
    }
    text.push_str("export ");
    text.push_str(&T::decl());
    text.push_str("\n\n");
}

macro_rules! declarations {
    ($($type:ty),* $(,)?) => {{
        let mut text = format!("// Made from the Rust schema by `{COMMAND}`. Do not edit.\n\n");
        for alias in ["Id", "StackId", "FileId"] {
            let _ = writeln!(text, "export type {alias} = number;");
        }
        text.push('\n');
        $(declare::<$type>(&mut text);)*
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }};
}

fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../www/src/generated")
        .join(name);
    if env::var_os("LOOPSCOPE_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("www/src/generated can be made");
        fs::write(&path, text).expect("www/src/generated can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "www/src/generated/{name} is stale; make it again with\n    {COMMAND}"
    );
}

#[test]
fn schema_types_are_fresh() {
    let text = declarations![
        workspace::Workspace,
        workspace::File,
        workspace::Wheel,
        workspace::Options,
        workspace::Network,
        workspace::Signal,
        workspace::Cancellation,
        workspace::Variation,
        workspace::Limits,
        event::Event,
        event::Kind,
        event::Span,
        event::Frame,
        event::Exception,
        event::Wait,
        event::StepEnd,
        event::Completion,
        event::BlockCause,
        event::Victim,
        event::Stream,
        event::Outcome,
        event::Limit,
        event::CollectReason,
        event::Misuse,
        diagnostic::Severity,
        diagnostic::Evidence,
        diagnostic::Region,
        diagnostic::Related,
        diagnostic::Edit,
        diagnostic::Fix,
        diagnostic::Diagnostic,
        timeline::Fate,
        timeline::LaneKind,
        timeline::Lane,
        timeline::SliceState,
        timeline::Slice,
        timeline::ArrowKind,
        timeline::Arrow,
        timeline::Mark,
        timeline::Timeline,
        moment::Standing,
        moment::Awaking,
        moment::TaskMoment,
        moment::Turn,
        moment::Holder,
        moment::Primitive,
        moment::Moment,
        explore::Progress,
    ];
    check("schema.ts", &text);
}

/// The page begins with the options that everything else begins with.
#[test]
fn schema_defaults_are_fresh() {
    let defaults = serde_json::to_string_pretty(&workspace::Options::default()).expect("options are JSON");
    check(
        "defaults.ts",
        &format!(
            "// Made from the Rust schema by `{COMMAND}`. Do not edit.\n\n\
             import type {{ Options }} from \"./schema.ts\";\n\n\
             export const DEFAULT_OPTIONS: Options = {defaults};\n"
        ),
    );
}
