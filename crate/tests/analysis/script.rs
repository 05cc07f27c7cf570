//! Traces written by hand.

use std::iter;

use loopscope::{
    analysis::{Analysis, analyse, diagnostic::Diagnostic},
    trace::event::{Completion, Event, Frame, Id, Kind, Outcome, Span, StackId, StepEnd, Wait},
    workspace::{File, Options, Workspace},
};

pub(super) const SECOND: u64 = 1_000_000_000;
pub(super) const LOOP: Id = 1;

/// A run being written down. File 1 is `main.py`, the others are files of the library.
pub(super) struct Script {
    text: String,
    pub(super) events: Vec<Event>,
    /// Virtual nanoseconds.
    pub(super) time: u64,
    stacks: StackId,
}

impl Script {
    pub(super) fn new(text: &str) -> Self {
        let mut script = Self {
            text: text.to_owned(),
            events: Vec::new(),
            time: 0,
            stacks: 0,
        };
        let library = ["library", "runners", "timeouts"].map(|name| format!("asyncio/{name}.py"));
        for (id, path) in (1..).zip(iter::once("main.py".to_owned()).chain(library)) {
            let workspace = id == 1;
            script.push(Kind::Source { id, path, workspace });
        }
        let at = script.at(1);
        script.push(Kind::LoopCreated { id: LOOP, at });
        script.push(Kind::LoopStarted {
            id: LOOP,
            debug: false,
            until: Some(2),
            at,
        });
        script
    }

    pub(super) fn push(&mut self, kind: Kind) -> &mut Self {
        self.events.push(Event { time: self.time, kind });
        self
    }

    pub(super) fn stack(&mut self, frames: &[(u32, u32, &str)]) -> StackId {
        self.stacks += 1;
        let text = self.text.clone();
        let frames = frames.iter().map(|(file, line, function)| {
            let column = text.lines().nth(*line as usize - 1).map_or(5, indentation);
            let span = Span {
                file: *file,
                line: *line,
                column,
                end_line: *line,
                end_column: column + 7,
            };
            Frame {
                function: (*function).to_owned(),
                span,
                definition: 1,
            }
        });
        let kind = Kind::Stack {
            id: self.stacks,
            frames: frames.collect(),
        };
        self.push(kind);
        self.stacks
    }

    /// A stack whose only frame is an expression of `main.py`: the first on its line that reads so.
    pub(super) fn at_expression(&mut self, line: u32, expression: &str) -> StackId {
        let text = self.text.lines().nth(line as usize - 1).unwrap_or_default();
        let start = text.find(expression).expect("the line has the expression");
        let column = u32::try_from(start).expect("a short line") + 1;
        let span = Span {
            file: 1,
            line,
            column,
            end_line: line,
            end_column: column + u32::try_from(expression.len()).expect("a short line"),
        };
        let frame = Frame {
            function: "<module>".to_owned(),
            span,
            definition: 1,
        };
        self.stacks += 1;
        let id = self.stacks;
        self.push(Kind::Stack {
            id,
            frames: vec![frame],
        });
        id
    }

    /// A stack whose only frame is a line of `main.py`.
    pub(super) fn at(&mut self, line: u32) -> StackId {
        self.stack(&[(1, line, "main")])
    }

    pub(super) fn task(&mut self, id: Id, function: &str, line: u32) -> &mut Self {
        let at = self.at(line);
        let name = format!("Task-{}", id - 1);
        let parent = (id > 2).then_some(2);
        let function = function.to_owned();
        self.push(Kind::TaskCreated {
            id,
            name,
            function,
            coroutine: None,
            parent,
            eager: false,
            at,
        })
    }

    pub(super) fn start(&mut self, id: Id, cancel: bool) -> &mut Self {
        self.push(Kind::StepStarted {
            id,
            woken_by: None,
            cancel,
        })
    }

    pub(super) fn suspend(&mut self, id: Id, future: Id, chain: StackId) -> &mut Self {
        let on = Wait::Future {
            id: future,
            primitive: None,
            owner: None,
            lock: None,
        };
        self.push(Kind::StepEnded {
            id,
            end: StepEnd::Suspended { on, chain },
        })
    }

    /// One step that ends in waiting for a future at a line.
    pub(super) fn step(&mut self, id: Id, future: Id, line: u32) -> &mut Self {
        let chain = self.at(line);
        self.start(id, false).suspend(id, future, chain)
    }

    pub(super) fn done(&mut self, id: Id, completion: Completion, waited: bool) -> &mut Self {
        let at = self.at(1);
        self.push(Kind::FutureDone {
            id,
            completion,
            by: None,
            waited,
            at,
        })
    }

    pub(super) fn finish(&mut self, id: Id, completion: Completion) -> &mut Self {
        self.done(id, completion, true).push(Kind::StepEnded {
            id,
            end: StepEnd::Finished,
        })
    }

    pub(super) fn cancel(&mut self, id: Id, at: StackId, count: u32) -> &mut Self {
        self.push(Kind::CancelRequested {
            id,
            by: None,
            accepted: true,
            count,
            at,
        })
    }

    pub(super) fn later(&mut self, nanoseconds: u64) -> &mut Self {
        self.time += nanoseconds;
        self
    }

    pub(super) fn end(&mut self, outcome: Outcome) -> Vec<Diagnostic> {
        if matches!(outcome, Outcome::Completed | Outcome::Raised { .. }) {
            self.push(Kind::LoopStopped { id: LOOP });
        }
        self.push(Kind::Ended { outcome, work: 0 });
        let mut live = Analysis::new(&self.workspace(), &Options::default());
        for event in &self.events {
            live.push(event);
            // Looking on must change nothing.
            let _ = live.diagnostics();
        }
        assert_eq!(live.diagnostics(), self.analysis().diagnostics());
        live.diagnostics()
    }

    pub(super) fn analysis(&self) -> Analysis {
        analyse(&self.workspace(), &Options::default(), &self.events)
    }

    pub(super) fn workspace(&self) -> Workspace {
        let files = vec![File {
            path: "main.py".to_owned(),
            text: self.text.as_str().into(),
        }];
        Workspace {
            entry: "main.py".to_owned(),
            files,
            ..Workspace::default()
        }
    }
}

/// The column at which a line begins.
fn indentation(line: &str) -> u32 {
    u32::try_from(line.len() - line.trim_start().len()).unwrap_or_default() + 1
}
