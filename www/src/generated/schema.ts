// Made from the Rust schema by `LOOPSCOPE_BLESS=1 cargo +1.97.0 test -p loopscope schema`. Do not edit.

export type Id = number;
export type StackId = number;
export type FileId = number;

/**
 * The files of one program and its entry.
 */
export type Workspace = { 
/**
 * The path of the file that is run as `__main__`, as in `files`; ignored when `module` is given.
 */
entry: string, files: Array<File>, 
/**
 * Run this module as `python -m` would.
 */
module: string | null, 
/**
 * `sys.argv[1:]`.
 */
arguments: Array<string>, 
/**
 * What `input()` and `sys.stdin` read.
 */
input: string, 
/**
 * Packages of the user's own. A program imports them as it does the library: they are no part of the program.
 */
wheels: Array<Wheel>, };

/**
 * One file of a workspace.
 */
export type File = { 
/**
 * Relative to the workspace, with `/` between folders.
 */
path: string, text: string, };

/**
 * The texts of a wheel, a package of pure Python. What it has goes before a package of the same name that is at hand.
 */
export type Wheel = { 
/**
 * Name and version, as the wheel gives them: `tidy 1.2`.
 */
name: string, 
/**
 * By their paths below `sys.path`: `tidy/__init__.py`. Its description is `dist-info/tidy/METADATA`.
 */
files: Array<File>, };

/**
 * The options of a run. [`Options::default`] is what the playground starts with.
 */
export type Options = { 
/**
 * Seeds `random`, `uuid4` and `os.urandom`.
 */
seed: number, 
/**
 * `asyncio.get_event_loop()` makes a loop where there is none, as Python up to 3.11 did.
 */
classicPolicy: boolean, 
/**
 * `PYTHONASYNCIODEBUG`.
 */
debug: boolean, 
/**
 * Collect garbage after every step, not only when the loop goes idle.
 */
collectEveryStep: boolean, 
/**
 * Collect garbage once, after the first step that ends at this time or later, in virtual nanoseconds; 0 for never.
 */
collectAt: number, 
/**
 * A call that blocks for less than this is not worth a word, in virtual nanoseconds. Default 1 ms.
 */
shortBlock: number, 
/**
 * Whether to record anything beyond output and outcome. Off only to measure what recording costs.
 */
record: boolean, 
/**
 * A step longer than this is reported as blocked, in virtual nanoseconds. Default 100 ms, as `CPython`'s debug mode.
 */
slowStep: number, 
/**
 * A step longer than this never gave anything else a turn, in virtual nanoseconds. Default one second.
 */
longStep: number, 
/**
 * So many tasks made at one place and alive at once are a crowd. Default 100.
 */
manyTasks: number, 
/**
 * So many turns in a row spent asking again are a busy wait. Default 50.
 */
busyTurns: number, 
/**
 * What the simulated network is like.
 */
network: Network, 
/**
 * Signals that the program is sent.
 */
signals: Array<Signal>, 
/**
 * Varies what asyncio does not promise: how long that takes which stands for work outside of the loop (a sleep longer
 * than 0, the network's latency, the sleeps of threads). Each number is another such order of things; 0 is as written.
 */
schedule: number, 
/**
 * A cancellation that one of the program's tasks gets from outside.
 */
cancel: Cancellation | null, limits: Limits, };

/**
 * The lines between the simulated machines, one like the other.
 */
export type Network = { 
/**
 * How long a packet travels, in virtual nanoseconds. Default 100 µs.
 */
latency: number, 
/**
 * Bytes a second; 0 for no bound.
 */
bandwidth: number, 
/**
 * Of a thousand packets, how many are lost. A stream sends them again, which takes time.
 */
loss: number, 
/**
 * The moment at which all connections break, in virtual nanoseconds; 0 for never.
 */
disconnect: number, };

/**
 * A signal that arrives from outside.
 */
export type Signal = { 
/**
 * Its number: 2 for SIGINT, 15 for SIGTERM.
 */
number: number, 
/**
 * When it arrives, in virtual nanoseconds.
 */
time: number, };

/**
 * A cancellation of one task at one `await`.
 */
export type Cancellation = { 
/**
 * The task, by its place in the order in which the run's tasks are made. Counts from 1.
 */
task: number, 
/**
 * Which time it gives control away, of all the times it does. Counts from 1.
 */
step: number, };

/**
 * What tells a run from the one as written: the part of the options that exploration varies.
 */
export type Variation = { schedule: number, cancel: Cancellation | null, };

/**
 * What ends a run that would not end. Reaching one is an outcome, never an error.
 */
export type Limits = { 
/**
 * Virtual nanoseconds, jumps included. Default one hour.
 */
time: number, 
/**
 * Virtual nanoseconds of counted work. Default four seconds, which is some six of real time. Natively fifteen times as
 * much of the processor's time ends a run as well, however little of it was counted.
 */
work: number, 
/**
 * Default 1,000,000.
 */
events: number, 
/**
 * Bytes of output. Default 1 MiB.
 */
output: number, 
/**
 * Bytes of memory, natively; the WebAssembly module has its own maximum of the same size. Default 512 MiB.
 */
memory: number, };

/**
 * One thing that happened.
 */
export type Event = { 
/**
 * Virtual nanoseconds since the start of the run.
 */
time: number, kind: Kind, };

/**
 * What happened. `at` is the call stack of the moment, innermost frame first; library frames are included, and the
 * first frame in a file of the workspace is the line a person would point at.
 */
export type Kind = { "source": { id: number, path: string, workspace: boolean, } } | { "stack": { id: number, frames: Array<Frame>, } } | { "loopCreated": { id: number, at: number, } } | { "loopStarted": { id: number, debug: boolean, until: number | null, at: number, } } | { "loopStopped": { id: number, } } | { "loopClosed": { id: number, pending: Array<number>, at: number, } } | { "iteration": { id: number, ready: number, timers: number, } } | { "idleUntil": { id: number, until: number, } } | { "taskCreated": { id: number, 
/**
 * `Task-1`, or the name it was given.
 */
name: string, 
/**
 * The coroutine's qualified name.
 */
function: string, coroutine: number | null, 
/**
 * The task whose step created it.
 */
parent: number | null, 
/**
 * Started inside `create_task`.
 */
eager: boolean, at: number, } } | { "taskRenamed": { id: number, name: string, } } | { "stepStarted": { id: number, wokenBy: number | null, cancel: boolean, } } | { "stepEnded": { id: number, end: StepEnd, } } | { "taskUnreferenced": { id: number, timer: boolean, } } | { "cancelRequested": { id: number, by: number | null, accepted: boolean, count: number, at: number, } } | { "uncancelled": { id: number, count: number, } } | { "cancellationCaught": { id: number, exit: Frame | null, at: number, } } | { "futureCreated": { id: number, class: string, parent: number | null, at: number, } } | { "futureDone": { id: number, completion: Completion, by: number | null, waited: boolean, at: number, } } | { "retrieved": { id: number, by: number | null, at: number, } } | { "joined": { id: number, by: number | null, at: number, } } | { "destroyed": { id: number, pending: boolean, unretrieved: boolean, } } | { "handleScheduled": { id: number, callback: string, when: number | null, future: number | null, by: number | null, at: number, } } | { "handleCancelled": { id: number, } } | { "handleStarted": { id: number, } } | { "handleEnded": { id: number, } } | { "coroutineCreated": { id: number, function: string, generator: boolean, parent: number | null, at: number, } } | { "coroutineNeverAwaited": { id: number, } } | { "coroutineDropped": { id: number, } } | { "asyncGeneratorAbandoned": { id: number, } } | { "awaited": { id: number, by: number, } } | { "noLongerAwaited": { id: number, by: number, } } | { "acquired": { id: number, 
/**
 * `Lock`, `Semaphore`, or the program's subclass.
 */
class: string, by: number | null, at: number, } } | { "released": { id: number, by: number | null, at: number, } } | { "blocked": { start: number, cause: BlockCause, task: number | null, handle: number | null, at: number, victims: Array<Victim>, } } | { "threadStarted": { id: number, name: string, function: string, daemon: boolean, at: number, } } | { "threadFailed": { id: number, exception: Exception, } } | { "threadEnded": { id: number, } } | { "threadSwitched": { id: number, } } | { "threadBlocked": { id: number, on: string, at: number, } } | { "threadResumed": { id: number, } } | { "misuse": { misuse: Misuse, message: string, by: number | null, at: number, } } | { "loopException": { message: string, exception: Exception | null, task: number | null, future: number | null, handle: number | null, } } | { "log": { logger: string, level: string, message: string, at: number, } } | { "warning": { category: string, message: string, at: number, } } | { "raised": { exception: Exception, by: number | null, at: number, } } | { "uncaught": { exception: Exception, } } | { "unraisable": { exception: Exception, during: string, } } | { "output": { stream: Stream, text: string, task: number | null, } } | { "fileLeft": { 
/**
 * Relative to the workspace, or absolute.
 */
path: string, 
/**
 * In bytes.
 */
size: number, text: string | null, } } | { "collection": { collected: number, reason: CollectReason, } } | { "ended": { outcome: Outcome, work: number, } };

/**
 * A place in a source file.
 */
export type Span = { file: number, line: number, column: number, endLine: number, 
/**
 * Exclusive.
 */
endColumn: number, };

/**
 * One frame of a stack, a chain or a traceback.
 */
export type Frame = { 
/**
 * The function's qualified name, `<module>` at the top of a file.
 */
function: string, 
/**
 * The expression that was being evaluated: the call, or the `await`.
 */
span: Span, 
/**
 * The line at which the function (or module: 1) is defined.
 */
definition: number, };

/**
 * An exception, described without being retrieved or kept.
 */
export type Exception = { 
/**
 * The class, as tracebacks print it: without module for built-ins, `asyncio.exceptions.…` otherwise.
 */
class: string, 
/**
 * `str(exception)`, cut after 1,000 characters. Empty where it raised.
 */
message: string, 
/**
 * The traceback, innermost frame first, at most 64 frames. Empty for an exception that was never raised.
 */
traceback: Array<Frame>, 
/**
 * Whether it is a `SyntaxError` found in a file of the workspace: then `traceback` ends in its place.
 */
syntax: boolean, };

/**
 * What a suspended task waits on.
 */
export type Wait = "yield" | { "future": { id: number, 
/**
 * The `asyncio` primitive the future belongs to, such as `Lock`, `Queue`, `Event`: the class whose method waits.
 */
primitive: string | null, 
/**
 * The identity of that primitive, equal for all its waiters.
 */
owner: number | null, 
/**
 * The identity of the lock that belongs to a `Condition`, which nobody who waits to be notified holds.
 */
lock: number | null, } };

/**
 * How a step of a task ended.
 */
export type StepEnd = { "suspended": { on: Wait, chain: number, } } | "finished";

/**
 * How a future or task ended.
 */
export type Completion = "result" | { "exception": Exception } | "cancelled";

/**
 * What kept the loop from its next callback.
 */
export type BlockCause = { "call": { name: string, } } | "work";

/**
 * A callback that a blocked stretch made late.
 */
export type Victim = { 
/**
 * The task that was ready or due, or the handle if it belongs to none.
 */
id: number, 
/**
 * Virtual nanoseconds between the moment it could have run and the end of the stretch.
 */
late: number, };

export type Stream = "stdout" | "stderr";

/**
 * How a run ended.
 */
export type Outcome = "completed" | { "raised": { status: number, } } | "deadlocked" | "idle" | "stopped" | { "limit": { limit: Limit, } } | { "internal": { message: string, } };

export type Limit = "time" | "work" | "events" | "output" | "memory" | "stack";

export type CollectReason = "idle" | "step" | "program" | "exit";

export type Misuse = "noRunningLoop" | "noCurrentLoop" | "loopClosed" | "stoppedEarly" | "nestedLoop" | "notThreadSafe";

/**
 * How bad a finding is. Errors and warnings make `loopscope check` fail.
 */
export type Severity = "info" | "warning" | "error";

/**
 * Whether it happened in the run, or is only seen in the source.
 */
export type Evidence = "observed" | "predicted";

/**
 * A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive.
 */
export type Region = { line: number, column: number, endLine: number, endColumn: number, };

/**
 * Another place involved, with a sentence that says how.
 */
export type Related = { message: string, messageRu: string, file: string, span: Region, };

/**
 * One replacement in a file: what stands at `span` becomes `text`. An empty span is an insertion.
 */
export type Edit = { file: string, span: Region, text: string, };

/**
 * A repair that a person can accept as it is: all of its edits together.
 */
export type Fix = { 
/**
 * What it does, as a sentence fragment that begins with a verb.
 */
title: string, titleRu: string, 
/**
 * Whether it does what the program was meant to do, so that it may be applied unseen. At most one fix of a finding is.
 */
preferred: boolean, 
/**
 * In the order of their places; no two overlap.
 */
edits: Array<Edit>, };

/**
 * One finding.
 */
export type Diagnostic = { 
/**
 * Its identity: the same finding, revised as more of the run arrives, keeps it.
 */
id: string, 
/**
 * The rule's name.
 */
rule: string, severity: Severity, evidence: Evidence, 
/**
 * One plain sentence about this finding.
 */
message: string, messageRu: string, 
/**
 * The interpreter's own words, as `CPython` prints them.
 */
cpython: string | null, 
/**
 * The path of a workspace file.
 */
file: string, span: Region, 
/**
 * When it happened, in virtual nanoseconds.
 */
time: number, 
/**
 * How often it was found at this place.
 */
count: number, related: Array<Related>, 
/**
 * The task it is about.
 */
task: number | null, 
/**
 * What would repair it, the likeliest first.
 */
fixes: Array<Fix>, 
/**
 * The run that shows it, if that is not the one as written: exploration has found it.
 */
reproduce: Variation | null, };

/**
 * How a lane ended.
 */
export type Fate = "running" | "finished" | "failed" | "cancelled" | "collected" | "pending";

export type LaneKind = "loop" | "task" | "thread";

/**
 * A row of the timeline.
 */
export type Lane = { id: number, kind: LaneKind, 
/**
 * `Task-1`, `Event loop`, or the name of a thread.
 */
name: string, 
/**
 * The qualified name of the coroutine, or of the function that a thread runs; empty for a loop.
 */
function: string, 
/**
 * The task that created this one.
 */
parent: number | null, start: number, end: number | null, fate: Fate, };

export type SliceState = "running" | "ready" | "waiting" | "blocked";

/**
 * What a lane did from `start` until `end`.
 */
export type Slice = { lane: number, start: number, end: number, state: SliceState, 
/**
 * What it ran or waited for, such as `Lock`, `sleep` or `time.sleep`.
 */
label: string, 
/**
 * Where, innermost frame first, as introduced by a `stack` event.
 */
stack: number | null, };

export type ArrowKind = "created" | "woken" | "cancelled";

/**
 * One lane made another ready.
 */
export type Arrow = { 
/**
 * The index of the slice it leads to, among all slices of the run.
 */
slice: number, 
/**
 * The lane that ran when it happened: a task, or the loop for a timer.
 */
from: number, to: number, 
/**
 * When the wake-up (or the creation) happened.
 */
time: number, kind: ArrowKind, };

/**
 * A finding, on the timeline.
 */
export type Mark = { 
/**
 * The id of the diagnostic.
 */
diagnostic: string, lane: number | null, time: number, };

/**
 * What is new on the timeline. `slices` and `arrows` only grow; a lane is told of again whenever it has changed.
 */
export type Timeline = { 
/**
 * The lanes that are new or have changed, in the order in which they were made.
 */
lanes: Array<Lane>, 
/**
 * The number of lanes there are.
 */
count: number, 
/**
 * The number of tasks that have not ended.
 */
alive: number, 
/**
 * What to name as known when asking for the next change.
 */
version: number, 
/**
 * The index of the first slice that was looked at.
 */
from: number, 
/**
 * The index of the first slice that was not.
 */
next: number, 
/**
 * The number of slices there are.
 */
total: number, 
/**
 * Slices that have ended, in the order in which they did.
 */
slices: Array<Slice>, 
/**
 * What each lane of `lanes` is doing now; those without a slice here do nothing.
 */
open: Array<Slice>, 
/**
 * The arrows that lead to the slices from `from` to `next`.
 */
arrows: Array<Arrow>, marks: Array<Mark>, 
/**
 * The virtual time of the last event.
 */
now: number, };

/**
 * A place where a task stands, or one of the calls that led there.
 */
export type Standing = { 
/**
 * The function's qualified name.
 */
function: string, file: string, span: Region, };

/**
 * What ends a wait later in this run.
 */
export type Awaking = { time: number, 
/**
 * The task that does it; absent for a timer or a callback.
 */
by: number | null, place: Standing | null, };

/**
 * A task that has not ended.
 */
export type TaskMoment = { id: number, name: string, 
/**
 * The coroutine's qualified name.
 */
function: string, state: SliceState, 
/**
 * Since when it is in this state.
 */
since: number, 
/**
 * What it waits for, such as `Lock.acquire` or a task's name; empty for one that does not wait.
 */
label: string, 
/**
 * The task it waits for.
 */
on: number | null, 
/**
 * The tasks that it waits for all or some of, as in a group or a gather.
 */
group: Array<number>, 
/**
 * The workspace's calls that led to where it stands, innermost first. Empty before its first step.
 */
chain: Array<Standing>, 
/**
 * What ends its wait; absent where nothing in this run does.
 */
until: Awaking | null, };

/**
 * A callback or task whose turn comes.
 */
export type Turn = { id: number, 
/**
 * A task's name, or a callback's.
 */
name: string, task: boolean, 
/**
 * Since when it is ready, or for when its timer is set.
 */
time: number, };

/**
 * Somebody who holds a lock, or a permit of a semaphore.
 */
export type Holder = { 
/**
 * The task that got it, which may have ended since; absent for what no task did.
 */
task: number | null, since: number, 
/**
 * Where it was got.
 */
place: Standing | null, };

/**
 * A lock, queue, event or semaphore that somebody waits at or holds.
 */
export type Primitive = { id: number, 
/**
 * `Lock`, `Queue`, …
 */
class: string, 
/**
 * Those that hold it, in the order in which they came; for a condition, those that hold its lock.
 */
holders: Array<Holder>, holderCount: number, 
/**
 * The lock of a condition.
 */
lock: number | null, 
/**
 * Those that wait, in the order in which they came.
 */
waiters: Array<number>, waiterCount: number, 
/**
 * What lets the first of them go on.
 */
until: Awaking | null, };

/**
 * Everything about one moment.
 */
export type Moment = { 
/**
 * The number of events that have happened.
 */
count: number, time: number, 
/**
 * The event that happened last.
 */
event: Event | null, 
/**
 * Turns of the loop so far.
 */
iteration: number, 
/**
 * The task that runs, or the callback.
 */
running: number | null, tasks: Array<TaskMoment>, 
/**
 * The number of tasks that have not ended.
 */
alive: number, 
/**
 * In the order in which they will run.
 */
ready: Array<Turn>, readyCount: number, 
/**
 * By time.
 */
timers: Array<Turn>, timerCount: number, primitives: Array<Primitive>, 
/**
 * How long the one that waits longest for its turn has waited, in virtual nanoseconds.
 */
lag: number, };

/**
 * How far an exploration is, and what it has found.
 */
export type Progress = { 
/**
 * What to run next; absent when there is nothing left to try.
 */
next: Options | null, 
/**
 * Runs that have been looked at, and how many there will be at most.
 */
done: number, total: number, diagnostics: Array<Diagnostic>, };
