//! The state of a run, folded event by event: what exists, what runs, and what waits on what.
//!
//! Nothing is forgotten, so memory is linear in the events; nothing is iterated in an order that could differ between
//! two runs, so that equal traces give equal findings.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use crate::trace::event::{
    CollectReason, Completion, Event, Exception, FileId, Frame, Id, Kind, Outcome, Span, StackId, StepEnd, Wait,
};

/// A source file of the trace.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: String,
    pub workspace: bool,
}

/// How, when and where a future ended.
#[derive(Clone, Debug)]
pub struct Done {
    pub completion: Completion,
    pub time: u64,
    pub by: Option<Id>,
    pub at: StackId,
}

impl Done {
    #[must_use]
    pub fn exception(&self) -> Option<&Exception> {
        match &self.completion {
            Completion::Exception(exception) => Some(exception),
            Completion::Result | Completion::Cancelled => None,
        }
    }
}

/// A call of `cancel()`.
#[derive(Clone, Debug)]
pub struct CancelRequest {
    pub time: u64,
    pub by: Option<Id>,
    pub accepted: bool,
    pub at: StackId,
}

/// What a suspended task waits on, and its await chain.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub on: Wait,
    pub chain: StackId,
    pub since: u64,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that an event reports"
)]
#[derive(Clone, Debug)]
pub struct Task {
    pub name: String,
    pub function: String,
    pub coroutine: Option<Id>,
    pub parent: Option<Id>,
    pub eager: bool,
    /// It was made while no loop ran: the program's own root, which it runs the loop for.
    pub root: bool,
    /// The loop it was made for: the one that ran, or else the newest that was not closed.
    pub event_loop: Option<Id>,
    pub created: u64,
    pub at: StackId,
    /// Steps that ran its code: a first step that only throws `CancelledError` at it is not one.
    pub steps: u32,
    pub running: bool,
    /// Where it waits; `None` while it runs and once it has ended.
    pub waiting: Option<Waiting>,
    /// Where it waited last, kept while it runs: the place at which a step resumes it.
    pub last_wait: Option<Waiting>,
    pub cancels: Vec<CancelRequest>,
    /// A request that no step of the task has met yet.
    asked: Option<CancelRequest>,
    /// The request that the step which runs, or the last one, brought to the task. The `CancelledError` of something else
    /// that the task waits for comes without one, also where the task is being cancelled.
    pub arrived: Option<CancelRequest>,
    /// `cancelling()`.
    pub cancelling: u32,
    pub done: Option<Done>,
    pub retrieved: bool,
    pub destroyed: bool,
}

#[derive(Clone, Debug)]
pub struct Future {
    pub class: String,
    pub parent: Option<Id>,
    pub created: u64,
    pub at: StackId,
    pub done: Option<Done>,
    pub retrieved: bool,
    pub destroyed: bool,
}

#[derive(Clone, Debug)]
pub struct Coroutine {
    pub function: String,
    pub generator: bool,
    pub parent: Option<Id>,
    pub created: u64,
    pub at: StackId,
    /// The task that was made of it.
    pub task: Option<Id>,
}

#[derive(Clone, Debug)]
pub struct Handle {
    pub callback: String,
    pub when: Option<u64>,
    pub future: Option<Id>,
    pub by: Option<Id>,
    pub at: StackId,
}

#[derive(Clone, Debug)]
pub struct EventLoop {
    pub at: StackId,
    pub running: bool,
    /// The future it was last run for.
    pub until: Option<Id>,
    /// Where it was last started.
    pub started_at: Option<StackId>,
    pub closed_at: Option<StackId>,
}

/// Everything the events so far say.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub now: u64,
    sources: BTreeMap<FileId, Source>,
    stacks: BTreeMap<StackId, Vec<Frame>>,
    pub tasks: BTreeMap<Id, Task>,
    pub futures: BTreeMap<Id, Future>,
    pub coroutines: BTreeMap<Id, Coroutine>,
    pub handles: BTreeMap<Id, Handle>,
    pub loops: BTreeMap<Id, EventLoop>,
    /// Futures that a timer will complete.
    timed: BTreeSet<Id>,
    /// Loops that run, innermost last.
    pub running_loops: Vec<Id>,
    /// The thread in which each loop runs, or last did.
    pub loop_threads: BTreeMap<Id, Id>,
    /// Where each simulated thread was started.
    pub thread_starts: BTreeMap<Id, StackId>,
    /// The thread that runs; 0 is the main one.
    pub thread: Id,
    /// Tasks whose step runs, innermost last: an eager task starts within the step of another.
    pub steps: Vec<Id>,
    /// The callback that runs.
    pub handle: Option<Id>,
    /// When the program last asked for a collection itself.
    pub collected_by_program: Option<u64>,
    pub outcome: Option<Outcome>,
}

impl State {
    /// Folds one event in.
    pub fn apply(&mut self, event: &Event) {
        self.now = event.time;
        match &event.kind {
            Kind::Source { id, path, workspace } => {
                self.sources.insert(
                    *id,
                    Source {
                        path: path.clone(),
                        workspace: *workspace,
                    },
                );
            }
            Kind::Stack { id, frames } => {
                self.stacks.insert(*id, frames.clone());
            }
            Kind::HandleStarted { id } => self.handle = Some(*id),
            Kind::HandleCancelled { id } => {
                if let Some(future) = self.handles.get(id).and_then(|handle| handle.future) {
                    self.timed.remove(&future);
                }
            }
            Kind::HandleEnded { .. } => self.handle = None,
            Kind::Collection {
                reason: CollectReason::Program,
                ..
            } => self.collected_by_program = Some(event.time),
            Kind::Ended { outcome, .. } => self.outcome = Some(outcome.clone()),
            kind => {
                self.apply_to_coroutines(event.time, kind);
                self.apply_to_loops(kind);
                self.apply_to_tasks(event.time, kind);
                self.apply_to_futures(event.time, kind);
            }
        }
    }

    fn apply_to_coroutines(&mut self, time: u64, kind: &Kind) {
        match kind {
            Kind::CoroutineCreated {
                id,
                function,
                generator,
                parent,
                at,
            } => {
                self.coroutines.insert(
                    *id,
                    Coroutine {
                        function: function.clone(),
                        generator: *generator,
                        parent: *parent,
                        created: time,
                        at: *at,
                        task: None,
                    },
                );
            }
            Kind::HandleScheduled {
                id,
                callback,
                when,
                future,
                by,
                at,
            } => {
                let handle = Handle {
                    callback: callback.clone(),
                    when: *when,
                    future: *future,
                    by: *by,
                    at: *at,
                };
                self.handles.insert(*id, handle);
                if let Some(future) = future.filter(|_| when.is_some()) {
                    self.timed.insert(future);
                }
            }
            _ => {}
        }
    }

    fn apply_to_loops(&mut self, kind: &Kind) {
        match kind {
            Kind::LoopCreated { id, at } => {
                let made = EventLoop {
                    at: *at,
                    running: false,
                    until: None,
                    started_at: None,
                    closed_at: None,
                };
                self.loops.insert(*id, made);
            }
            Kind::ThreadStarted { id, at, .. } => {
                self.thread_starts.insert(*id, *at);
            }
            Kind::ThreadSwitched { id } => self.thread = *id,
            Kind::LoopStarted { id, until, at, .. } => {
                self.running_loops.push(*id);
                self.loop_threads.insert(*id, self.thread);
                if let Some(it) = self.loops.get_mut(id) {
                    it.running = true;
                    it.until = *until;
                    it.started_at = Some(*at);
                }
            }
            Kind::LoopStopped { id } => {
                self.running_loops.retain(|running| running != id);
                if let Some(it) = self.loops.get_mut(id) {
                    it.running = false;
                }
            }
            Kind::LoopClosed { id, at, .. } if !self.is_finalizer(*at) => {
                if let Some(it) = self.loops.get_mut(id) {
                    it.closed_at = Some(*at);
                }
            }
            _ => {}
        }
    }

    fn apply_to_tasks(&mut self, time: u64, kind: &Kind) {
        match kind {
            Kind::TaskCreated { id, .. } => self.introduce_task(time, *id, kind),
            Kind::TaskRenamed { id, name } => {
                if let Some(task) = self.tasks.get_mut(id) {
                    task.name.clone_from(name);
                }
            }
            Kind::StepStarted { id, cancel, .. } => {
                self.steps.push(*id);
                if let Some(task) = self.tasks.get_mut(id) {
                    task.running = true;
                    // What the task waited for may have kept the request to itself: then it never arrives.
                    task.arrived = task.asked.take().filter(|_| *cancel);
                    task.steps += u32::from(task.steps > 0 || !cancel);
                    task.waiting = None;
                }
            }
            Kind::StepEnded { id, end } => self.end_step(time, *id, end),
            Kind::CancelRequested {
                id,
                by,
                accepted,
                count,
                at,
            } => {
                if let Some(task) = self.tasks.get_mut(id) {
                    task.cancelling = *count;
                    let request = CancelRequest {
                        time,
                        by: *by,
                        accepted: *accepted,
                        at: *at,
                    };
                    if *accepted {
                        task.asked = Some(request.clone());
                    }
                    task.cancels.push(request);
                }
            }
            Kind::Uncancelled { id, count } => {
                if let Some(task) = self.tasks.get_mut(id) {
                    task.cancelling = *count;
                    if *count == 0 {
                        task.asked = None;
                    }
                }
            }
            _ => {}
        }
    }

    fn introduce_task(&mut self, time: u64, id: Id, kind: &Kind) {
        let Kind::TaskCreated {
            name,
            function,
            coroutine,
            parent,
            eager,
            at,
            ..
        } = kind
        else {
            return;
        };
        if let Some(coroutine) = coroutine.and_then(|id| self.coroutines.get_mut(&id)) {
            coroutine.task = Some(id);
        }
        let task = Task {
            name: name.clone(),
            function: function.clone(),
            coroutine: *coroutine,
            parent: *parent,
            eager: *eager,
            root: self.running_loops.is_empty(),
            event_loop: self.current_loop(),
            created: time,
            at: *at,
            steps: 0,
            running: false,
            waiting: None,
            last_wait: None,
            cancels: Vec::new(),
            asked: None,
            arrived: None,
            cancelling: 0,
            done: None,
            retrieved: false,
            destroyed: false,
        };
        self.tasks.insert(id, task);
    }

    fn end_step(&mut self, time: u64, id: Id, end: &StepEnd) {
        if let Some(position) = self.steps.iter().rposition(|running| *running == id) {
            self.steps.remove(position);
        }
        let Some(task) = self.tasks.get_mut(&id) else { return };
        task.running = false;
        if let StepEnd::Suspended { on, chain } = end {
            task.waiting = Some(Waiting {
                on: on.clone(),
                chain: *chain,
                since: time,
            });
            task.last_wait.clone_from(&task.waiting);
        }
    }

    fn apply_to_futures(&mut self, time: u64, kind: &Kind) {
        match kind {
            Kind::FutureCreated { id, class, parent, at } => {
                let future = Future {
                    class: class.clone(),
                    parent: *parent,
                    created: time,
                    at: *at,
                    done: None,
                    retrieved: false,
                    destroyed: false,
                };
                self.futures.insert(*id, future);
            }
            Kind::FutureDone {
                id, completion, by, at, ..
            } => {
                let done = Done {
                    completion: completion.clone(),
                    time,
                    by: *by,
                    at: *at,
                };
                if let Some(task) = self.tasks.get_mut(id) {
                    task.done = Some(done);
                    task.waiting = None;
                } else if let Some(future) = self.futures.get_mut(id) {
                    future.done = Some(done);
                }
            }
            Kind::Retrieved { id, .. } => {
                if let Some(task) = self.tasks.get_mut(id) {
                    task.retrieved = true;
                } else if let Some(future) = self.futures.get_mut(id) {
                    future.retrieved = true;
                }
            }
            Kind::Destroyed { id, .. } => {
                if let Some(task) = self.tasks.get_mut(id) {
                    task.destroyed = true;
                } else if let Some(future) = self.futures.get_mut(id) {
                    future.destroyed = true;
                }
            }
            _ => {}
        }
    }

    /// Whether what a task waits for will be completed by a timer of the loop, through other tasks perhaps. The timer
    /// holds them all until then.
    #[must_use]
    pub fn held_by_timer(&self, task: Id) -> bool {
        let mut next = task;
        // As many steps as there are tasks: more would be a circle.
        for _ in 0..=self.tasks.len() {
            let waiting = self.tasks.get(&next).and_then(|task| task.waiting.as_ref());
            let Some(Wait::Future { id, .. }) = waiting.map(|waiting| &waiting.on) else {
                return false;
            };
            if self.timed.contains(id) {
                return true;
            }
            next = *id;
        }
        false
    }

    /// The loop that runs in the thread that does, or else the newest that was not closed.
    #[must_use]
    pub fn current_loop(&self) -> Option<Id> {
        let open = || {
            self.loops
                .iter()
                .rev()
                .find(|(_, it)| it.closed_at.is_none())
                .map(|(id, _)| *id)
        };
        let here = |id: &&Id| self.loop_threads.get(*id) == Some(&self.thread);
        self.running_loops.iter().rev().find(here).copied().or_else(open)
    }

    /// How a task or future ended.
    #[must_use]
    pub fn done(&self, id: Id) -> Option<&Done> {
        match self.tasks.get(&id) {
            Some(task) => task.done.as_ref(),
            None => self.futures.get(&id).and_then(|future| future.done.as_ref()),
        }
    }

    /// Tasks that wait for something other than their next turn, in order of creation.
    pub fn waiting_tasks(&self) -> impl Iterator<Item = (Id, &Task, &Waiting)> {
        self.tasks.iter().filter_map(|(id, task)| {
            let waiting = task.waiting.as_ref()?;
            (!task.destroyed && matches!(waiting.on, Wait::Future { .. })).then_some((*id, task, waiting))
        })
    }

    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        self.sources.get(&file).map_or("", |source| &source.path)
    }

    /// The paths of the workspace's files that the run has come to, in order.
    #[must_use]
    pub fn files(&self) -> BTreeSet<&str> {
        let files = self.sources.values().filter(|it| it.workspace);
        files.map(|it| it.path.as_str()).collect()
    }

    /// The id of a file of the workspace.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileId> {
        let found = self.sources.iter().find(|(_, it)| it.workspace && it.path == path);
        found.map(|(id, _)| *id)
    }

    /// Whether anything happened in this function of a file.
    #[must_use]
    pub fn came_to(&self, file: FileId, function: &str) -> bool {
        let made = || self.coroutines.values().any(|it| it.function == function);
        let mut frames = self.stacks.values().flatten();
        frames.any(|frame| frame.span.file == file && frame.function == function) || made()
    }

    /// Whether anything happened on these lines of a file.
    #[must_use]
    pub fn came_to_lines(&self, file: FileId, lines: RangeInclusive<u32>) -> bool {
        let mut frames = self.stacks.values().flatten();
        frames.any(|frame| frame.span.file == file && lines.contains(&frame.span.line))
    }

    /// All stacks that the events so far tell of.
    pub fn stacks(&self) -> impl Iterator<Item = &[Frame]> {
        self.stacks.values().map(Vec::as_slice)
    }

    #[must_use]
    pub fn in_workspace(&self, frame: &Frame) -> bool {
        self.sources
            .get(&frame.span.file)
            .is_some_and(|source| source.workspace)
    }

    /// The frames of a stack or chain, innermost first.
    #[must_use]
    pub fn frames(&self, stack: StackId) -> &[Frame] {
        self.stacks.get(&stack).map_or(&[], Vec::as_slice)
    }

    /// The line of a stack that a person would point at: its innermost frame in a file of the workspace.
    #[must_use]
    pub fn pointed_at(&self, stack: StackId) -> Option<Span> {
        self.first_in_workspace(self.frames(stack))
    }

    /// The same, of a traceback.
    #[must_use]
    pub fn first_in_workspace(&self, frames: &[Frame]) -> Option<Span> {
        frames
            .iter()
            .find(|frame| self.in_workspace(frame))
            .map(|frame| frame.span)
    }

    /// Whether a frame further in than the workspace's own is one of this library file and function.
    #[must_use]
    pub fn passes_through(&self, stack: StackId, file: &str, function: &str) -> bool {
        self.frames(stack)
            .iter()
            .take_while(|frame| !self.in_workspace(frame))
            .any(|frame| self.path(frame.span.file).ends_with(file) && frame.function.ends_with(function))
    }

    /// Whether a loop is closed here because it is garbage: no part of the program has closed it.
    #[must_use]
    pub fn is_finalizer(&self, closed_at: StackId) -> bool {
        self.passes_through(closed_at, "asyncio/base_events.py", ".__del__")
    }

    /// The task or callback that has the loop, if any.
    #[must_use]
    pub fn current(&self) -> Option<Id> {
        self.steps.last().copied().or(self.handle)
    }
}
