//! THE SCHEMA: everything a run says about itself.
//!
//! A trace is the ordered list of [`Event`]s of one run. It is the engine's only output: every view, rule, export and
//! comparison is a fold over it. The TypeScript types in `www/src/generated` are made from this file.
//!
//! Conventions: times are virtual nanoseconds since the start of the run, below 2^53. Lines and columns count from 1,
//! columns in Unicode characters; an end column is exclusive. Ids count from 1 in the order of first appearance, one
//! sequence for all observed objects. An `Option` that is `None` says "does not apply" unless its field says otherwise.

use serde::{Deserialize, Serialize};

/// An observed object: a task, future, coroutine, handle, loop or asynchronous generator. Counts from 1.
pub type Id = u32;
/// A call stack or await chain introduced by [`Kind::Stack`]. Counts from 1.
pub type StackId = u32;
/// A source file introduced by [`Kind::Source`]. Counts from 1.
pub type FileId = u32;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Virtual nanoseconds since the start of the run.
    #[cfg_attr(test, ts(type = "number"))]
    pub time: u64,
    pub kind: Kind,
}

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Span {
    pub file: FileId,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    /// Exclusive.
    pub end_column: u32,
}

/// One frame of a stack, a chain or a traceback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    /// The function's qualified name, `<module>` at the top of a file.
    pub function: String,
    /// The expression that was being evaluated: the call, or the `await`.
    pub span: Span,
    /// The line at which the function (or module: 1) is defined.
    pub definition: u32,
}

/// An exception, described without being retrieved or kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Exception {
    /// The class, as tracebacks print it: without module for built-ins, `asyncio.exceptions.…` otherwise.
    pub class: String,
    /// `str(exception)`, cut after 1,000 characters. Empty where it raised.
    pub message: String,
    /// The traceback, innermost frame first, at most 64 frames. Empty for an exception that was never raised.
    pub traceback: Vec<Frame>,
    /// Whether it is a `SyntaxError` found in a file of the workspace: then `traceback` ends in its place.
    pub syntax: bool,
}

/// What a suspended task waits on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Wait {
    /// A bare yield, as in `sleep(0)`: the task is ready again at once.
    Yield,
    /// A task or future.
    Future {
        id: Id,
        /// The `asyncio` primitive the future belongs to, such as `Lock`, `Queue`, `Event`: the class whose method waits.
        primitive: Option<String>,
        /// The identity of that primitive, equal for all its waiters.
        owner: Option<Id>,
        /// The identity of the lock that belongs to a `Condition`, which nobody who waits to be notified holds.
        lock: Option<Id>,
    },
}

/// How a step of a task ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum StepEnd {
    /// It gave control back. `chain` is the await chain, innermost frame first.
    Suspended { on: Wait, chain: StackId },
    /// The coroutine returned, raised or was cancelled; a [`Kind::FutureDone`] has said which.
    Finished,
}

/// How a future or task ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Completion {
    Result,
    Exception(Exception),
    Cancelled,
}

/// What kept the loop from its next callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BlockCause {
    /// A blocking call of the host, such as `time.sleep`.
    Call { name: String },
    /// Counted work: the step computed.
    Work,
}

/// A callback that a blocked stretch made late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Victim {
    /// The task that was ready or due, or the handle if it belongs to none.
    pub id: Id,
    /// Virtual nanoseconds between the moment it could have run and the end of the stretch.
    #[cfg_attr(test, ts(type = "number"))]
    pub late: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Stream {
    Stdout,
    Stderr,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// The program came to its end, or left with `sys.exit(0)`.
    Completed,
    /// An exception left the program, or it exited with another status. `exception` has been reported by
    /// [`Kind::Uncaught`] unless the program left by `sys.exit` or `os._exit`.
    Raised { status: i32 },
    /// Nothing is ready, no timer is set and nothing outside can arrive, yet the program waits for a task.
    Deadlocked,
    /// The same, under `run_forever`: the loop waits for work that cannot come.
    Idle,
    /// The reader stopped it. Never written by the engine.
    Stopped,
    /// A limit of the run's options was reached.
    Limit { limit: Limit },
    /// Our bug. `message` is what to send us.
    Internal { message: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Limit {
    /// Virtual time.
    Time,
    /// Counted work.
    Work,
    /// Number of events.
    Events,
    /// Bytes of output.
    Output,
    /// Bytes of memory.
    Memory,
    /// The native stack: what nests natively, in ways that the interpreter does not count, went too deep for the browser.
    Stack,
}

/// What happened. `at` is the call stack of the moment, innermost frame first; library frames are included, and the
/// first frame in a file of the workspace is the line a person would point at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Kind {
    /// A file got its id. `workspace` is false for the standard library.
    Source {
        id: FileId,
        path: String,
        workspace: bool,
    },
    /// A stack or chain got its id.
    Stack {
        id: StackId,
        frames: Vec<Frame>,
    },

    /// An event loop was made.
    LoopCreated {
        id: Id,
        at: StackId,
    },
    /// `run_forever` or `run_until_complete` began. `until` is the future it runs for.
    LoopStarted {
        id: Id,
        debug: bool,
        until: Option<Id>,
        at: StackId,
    },
    /// It returned control.
    LoopStopped {
        id: Id,
    },
    /// `close()`. `pending` are its tasks that had not ended, in order of creation.
    LoopClosed {
        id: Id,
        pending: Vec<Id>,
        at: StackId,
    },
    /// One turn of the loop: `ready` callbacks will run, `timers` remain set.
    Iteration {
        id: Id,
        ready: u32,
        timers: u32,
    },
    /// Nothing was ready: the clock moves to `until`.
    IdleUntil {
        id: Id,
        #[cfg_attr(test, ts(type = "number"))]
        until: u64,
    },

    /// A task was made. `coroutine` is absent for one that is not a native coroutine.
    TaskCreated {
        id: Id,
        /// `Task-1`, or the name it was given.
        name: String,
        /// The coroutine's qualified name.
        function: String,
        coroutine: Option<Id>,
        /// The task whose step created it.
        parent: Option<Id>,
        /// Started inside `create_task`.
        eager: bool,
        at: StackId,
    },
    TaskRenamed {
        id: Id,
        name: String,
    },
    /// The task runs. `woken_by` is the future whose completion made it ready; absent for a first step and after a
    /// bare yield. `cancel` says that `CancelledError` is thrown into the coroutine.
    StepStarted {
        id: Id,
        woken_by: Option<Id>,
        cancel: bool,
    },
    StepEnded {
        id: Id,
        end: StepEnd,
    },
    /// The program's last reference to a pending task is gone: only the loop, or what the task waits on, keeps it.
    /// `timer` says that a timer does, so that the collector cannot take it before that fires.
    TaskUnreferenced {
        id: Id,
        timer: bool,
    },
    /// `cancel()` was called on a pending task or future, by a step of `by` or from outside any task.
    /// `accepted` is what it returned; `count` is `cancelling()` afterwards, 0 for a future.
    CancelRequested {
        id: Id,
        by: Option<Id>,
        accepted: bool,
        count: u32,
        at: StackId,
    },
    /// `uncancel()` was called; `count` is what remains.
    Uncancelled {
        id: Id,
        count: u32,
    },

    /// A `CancelledError` that was thrown into the task is caught for good: at the innermost frame of `at`, which is of the
    /// workspace, a handler, a `finally` or the end of a `with` block has kept it. `exit` is the head of the method of the
    /// workspace that the block asked.
    CancellationCaught {
        id: Id,
        exit: Option<Frame>,
        at: StackId,
    },

    /// A future was made. `class` is `Future`, `_GatheringFuture`, or the program's subclass.
    FutureCreated {
        id: Id,
        class: String,
        parent: Option<Id>,
        at: StackId,
    },
    /// A future or task ended. `by` is the task whose step did it; `waited` says whether anything waited for it.
    FutureDone {
        id: Id,
        completion: Completion,
        by: Option<Id>,
        waited: bool,
        at: StackId,
    },
    /// The exception of a failed future or task was taken, by `result()`, `exception()` or an `await`.
    Retrieved {
        id: Id,
        by: Option<Id>,
        at: StackId,
    },
    /// A future or task had been cancelled while nothing waited for it, and somebody joined it now: awaited it, asked for
    /// its outcome, or added a callback. Told once.
    Joined {
        id: Id,
        by: Option<Id>,
        at: StackId,
    },
    /// A future or task was destroyed. For a pending task this is the collector's work; it died at its last chain.
    /// `unretrieved` says that its exception was never taken.
    Destroyed {
        id: Id,
        pending: bool,
        unretrieved: bool,
    },

    /// A callback other than a task's step was scheduled: at once, or for `when`. `future` is the future it completes,
    /// as for the timer of a `sleep`.
    HandleScheduled {
        id: Id,
        callback: String,
        #[cfg_attr(test, ts(type = "number | null"))]
        when: Option<u64>,
        future: Option<Id>,
        by: Option<Id>,
        at: StackId,
    },
    HandleCancelled {
        id: Id,
    },
    HandleStarted {
        id: Id,
    },
    HandleEnded {
        id: Id,
    },

    /// A coroutine (or asynchronous generator) function was called.
    CoroutineCreated {
        id: Id,
        function: String,
        generator: bool,
        parent: Option<Id>,
        at: StackId,
    },
    /// A coroutine object was destroyed without ever having started.
    CoroutineNeverAwaited {
        id: Id,
    },
    /// A coroutine object that had started was destroyed. Not said of those that a task has finished.
    CoroutineDropped {
        id: Id,
    },

    /// An asynchronous generator was given up before its end: the loop is asked to close it in a task of its own.
    AsyncGeneratorAbandoned {
        id: Id,
    },

    /// The library noted that `by` awaits `id`: a `gather`, a `wait`, a `TaskGroup`, a `shield`. A plain `await` is told by
    /// the step's end instead.
    Awaited {
        id: Id,
        by: Id,
    },
    /// It noted that it no longer does.
    NoLongerAwaited {
        id: Id,
        by: Id,
    },

    /// A call of `acquire()`, or an `async with`, has got a lock or one of the permits of a semaphore. `id` is what waits name
    /// as their `owner`; `by` and `at` are who called and where.
    Acquired {
        id: Id,
        /// `Lock`, `Semaphore`, or the program's subclass.
        class: String,
        by: Option<Id>,
        at: StackId,
    },
    /// It was given back by a step of `by`, who need not be who got it; or it was destroyed.
    Released {
        id: Id,
        by: Option<Id>,
        at: StackId,
    },

    /// The loop could not go on from `start` until this event's time. `task` is the task whose step it was, `at` where
    /// it blocked: the call, or for work the line that most of it was counted on.
    Blocked {
        #[cfg_attr(test, ts(type = "number"))]
        start: u64,
        cause: BlockCause,
        task: Option<Id>,
        handle: Option<Id>,
        at: StackId,
        victims: Vec<Victim>,
    },

    /// A thread was started, by the thread that runs. The main thread is not told of: its id is 0. `function` is the
    /// qualified name of what it runs.
    ThreadStarted {
        id: Id,
        name: String,
        function: String,
        daemon: bool,
        at: StackId,
    },
    /// An exception left the thread's function; `threading.excepthook` was told.
    ThreadFailed {
        id: Id,
        exception: Exception,
    },
    /// The thread's function returned, or raised.
    ThreadEnded {
        id: Id,
    },
    /// What follows, up to the next of these, is done by this thread; 0 is the main thread.
    ThreadSwitched {
        id: Id,
    },
    /// The thread waits from here on, in the call `on`, such as `time.sleep` or `threading.Lock.acquire`.
    ThreadBlocked {
        id: Id,
        on: String,
        at: StackId,
    },
    /// The thread goes on after its wait.
    ThreadResumed {
        id: Id,
    },

    /// The asyncio machinery refused a call that a person would want to know of even if the exception is caught.
    Misuse {
        misuse: Misuse,
        message: String,
        by: Option<Id>,
        at: StackId,
    },
    /// `loop.call_exception_handler`: `CPython`'s words, and the objects it names.
    LoopException {
        message: String,
        exception: Option<Exception>,
        task: Option<Id>,
        future: Option<Id>,
        handle: Option<Id>,
    },
    /// A record reached the `logging` module's root handlers or the last resort.
    Log {
        logger: String,
        level: String,
        message: String,
        at: StackId,
    },
    /// `warnings.warn`, shown or not.
    Warning {
        category: String,
        message: String,
        at: StackId,
    },
    /// An exception reached the workspace's code, caught or not: it was raised there, or in the library that was called
    /// there. It is told once, at its innermost frame in the workspace. The ends of iterations are not exceptions here.
    Raised {
        exception: Exception,
        by: Option<Id>,
        at: StackId,
    },
    /// An exception left the program.
    Uncaught {
        exception: Exception,
    },
    /// `sys.unraisablehook`: an exception nobody could catch, as in `__del__`.
    Unraisable {
        exception: Exception,
        during: String,
    },

    /// Output, as it was written. `task` is the task whose step wrote it.
    Output {
        stream: Stream,
        text: String,
        task: Option<Id>,
    },
    /// The program has come to its end, and has written or changed this file. `text` is its contents, cut after 64 KiB;
    /// absent if they are no UTF-8.
    FileLeft {
        /// Relative to the workspace, or absolute.
        path: String,
        /// In bytes.
        size: u32,
        text: Option<String>,
    },
    /// The collector ran, and found `collected` objects.
    Collection {
        collected: u32,
        reason: CollectReason,
    },
    /// The last event. Time stands still afterwards. `work` is what the run has computed, in virtual nanoseconds: its time
    /// without the jumps.
    Ended {
        outcome: Outcome,
        #[cfg_attr(test, ts(type = "number"))]
        work: u64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CollectReason {
    /// The loop went idle.
    Idle,
    /// The options ask for it: at every step, or at one moment.
    Step,
    /// The program asked: `gc.collect()`.
    Program,
    /// The program is over.
    Exit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Misuse {
    /// The library needed a running loop, and there was none.
    NoRunningLoop,
    /// `get_event_loop()` found no loop.
    NoCurrentLoop,
    /// A closed loop was used.
    LoopClosed,
    /// `run_until_complete` was left by `stop()` before its future ended.
    StoppedEarly,
    /// A loop was started inside a running one.
    NestedLoop,
    /// A callback was given to a loop that runs in another thread, without waking it, or a queue of such a loop was used.
    NotThreadSafe,
}
