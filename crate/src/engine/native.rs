//! Isolation natively: one child process per program.
//!
//! The interpreter keeps process-wide state, so each program gets a process of its own, forked from one in which the
//! interpreter has started and nothing has run. The child writes its trace to a pipe; a crash or too much memory ends
//! the child alone, and becomes an outcome.

use std::{
    fs::File,
    io::Read,
    os::fd::{AsRawFd, FromRawFd, OwnedFd},
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicI32, Ordering::Relaxed},
        mpsc,
    },
    thread,
};

use super::{
    Engine, internal_error,
    packages::{self, Packages},
};
use crate::{
    trace::{
        Trace, encode,
        event::{Event, Kind, Limit, Outcome},
    },
    workspace::{Options, Workspace},
};

/// The interpreter recurses natively; this is enough for its recursion limit, unoptimised.
const STACK_BYTES: usize = 256 << 20;
/// The exit status of a child that was refused memory.
const OUT_OF_MEMORY: i32 = 77;
/// The exit status of a child that has used up the processor's time.
const OUT_OF_TIME: i32 = 78;
/// Seconds of the processor's time that a run may take for each of counted work. One second of work takes some two, so this
/// ends only what does not count: a call into the interpreter's own code that never returns, such as the sum of an endless
/// iterator.
const SECONDS_PER_WORK: u64 = 15;

/// The descriptor a child writes its trace to.
static PIPE: AtomicI32 = AtomicI32::new(-1);

/// A program to run, and who asks for it.
struct Job {
    workspace: Workspace,
    options: Options,
    packages: Packages,
    caller: mpsc::Sender<Result<Child, &'static str>>,
}

/// The process that runs a program. Whoever asked for it reads the trace, so that several can run at once.
struct Child {
    process: libc::pid_t,
    trace: File,
}

/// The thread that owns the started interpreter. It forks; it never runs a program itself.
static FORKER: LazyLock<Mutex<mpsc::Sender<Job>>> = LazyLock::new(|| {
    let (sender, jobs) = mpsc::channel::<Job>();
    let body = move || {
        let engine = Engine::start();
        report_panics_of_children();
        for job in jobs {
            // A caller that has gone away wants no child, which ends as soon as it writes.
            let _ = job.caller.send(fork(&engine, &job));
        }
    };
    let spawned = thread::Builder::new()
        .name("forker".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(body);
    assert!(spawned.is_ok(), "a thread can be started: {spawned:?}");
    Mutex::new(sender)
});

/// Runs a program in a process of its own and returns its whole trace.
#[must_use]
pub fn run(workspace: &Workspace, options: &Options) -> Trace {
    run_with(workspace, options, &Packages::default())
}

/// The same for a program that may import these packages.
#[must_use]
pub fn run_with(workspace: &Workspace, options: &Options, packages: &Packages) -> Trace {
    let mut trace = Trace::default();
    run_live(workspace, options, packages, |events| trace.events.extend(events));
    trace
}

/// Runs a program and hands its events on as they arrive. Threads may do so at the same time.
pub fn run_live(workspace: &Workspace, options: &Options, packages: &Packages, mut listener: impl FnMut(Vec<Event>)) {
    let (caller, answer) = mpsc::channel();
    let job = Job {
        workspace: workspace.clone(),
        options: options.clone(),
        packages: packages.clone(),
        caller,
    };
    let forker = FORKER.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let sent = forker.send(job);
    debug_assert!(sent.is_ok(), "the forker lives as long as the process");
    let unfinished = match answer.recv() {
        Ok(Ok(child)) => child.follow(&mut listener),
        Ok(Err(message)) => Some((0, internal_error(message))),
        Err(_) => Some((0, internal_error("no process was started"))),
    };
    if let Some((time, outcome)) = unfinished {
        let kind = Kind::Ended { outcome, work: 0 };
        listener(vec![Event { time, kind }]);
    }
}

fn fork(engine: &Engine, job: &Job) -> Result<Child, &'static str> {
    let mut ends = [0; 2];
    // SAFETY: `pipe` fills the two descriptors, which are owned from here on.
    let (reader, writer) = unsafe {
        if libc::pipe(ends.as_mut_ptr()) != 0 {
            return Err("no pipe could be made");
        }
        (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1]))
    };
    // SAFETY: the child goes on with this thread alone, which owns the interpreter; it leaves by `_exit`.
    match unsafe { libc::fork() } {
        -1 => Err("no process could be started"),
        0 => {
            drop(reader);
            PIPE.store(writer.as_raw_fd(), Relaxed);
            child(engine, job)
        }
        process => Ok(Child {
            process,
            trace: File::from(reader),
        }),
    }
}

impl Child {
    /// Hands on what the child writes until it closes its end. Returns how and when a trace ends that the child did not end.
    fn follow(mut self, listener: &mut impl FnMut(Vec<Event>)) -> Option<(u64, Outcome)> {
        let mut last = Some(0);
        while let Some(batch) = self.read_batch() {
            let mut trace = Trace::default();
            if let Err(error) = trace.extend(&batch) {
                drop(self.trace);
                wait(self.process);
                return Some((
                    0,
                    internal_error(&format!("a batch of the trace cannot be read: {error}")),
                ));
            }
            if let Some(event) = trace.events.last() {
                last = match event.kind {
                    Kind::Ended { .. } => None,
                    _ => Some(event.time),
                };
            }
            listener(trace.events);
        }
        let status = wait(self.process);
        last.map(|time| (time, abnormal(status)))
    }

    fn read_batch(&mut self) -> Option<Vec<u8>> {
        let mut length = [0; 4];
        self.trace.read_exact(&mut length).ok()?;
        let mut batch = vec![0; u32::from_le_bytes(length) as usize];
        self.trace.read_exact(&mut batch).ok()?;
        Some(batch)
    }
}

/// Makes a panic of a child the end of its trace. The hook is set here and not in the child, which may have been forked
/// while another thread of this process was panicking: that thread holds the lock of the hooks, and would never release
/// it in the child.
fn report_panics_of_children() {
    let others = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if PIPE.load(Relaxed) < 0 {
            others(panic);
            return;
        }
        super::recorder::flush();
        let event = Event {
            time: 0,
            kind: Kind::Ended {
                outcome: internal_error(&format!("{panic}")),
                work: 0,
            },
        };
        let mut batch = Vec::new();
        encode(&event, &mut batch);
        write(&batch);
        // SAFETY: `_exit` is always allowed.
        unsafe { libc::_exit(0) }
    }));
}

/// The child's whole life.
fn child(engine: &Engine, job: &Job) -> ! {
    say_nothing_oneself();
    end_in_time(job.options.limits.work);
    packages::provide(&job.packages);
    engine.run(&job.workspace, &job.options, write);
    // SAFETY: `_exit` is always allowed. Nothing of the interpreter is torn down: the process is the isolation.
    unsafe { libc::_exit(0) }
}

/// Ends this process when it has used so much of the processor's time as no run of so much work takes. The system counts it
/// from the fork.
fn end_in_time(work: u64) {
    let seconds = work.saturating_mul(SECONDS_PER_WORK) / 1_000_000_000;
    // The system counts whole seconds, and a busy machine takes more of them.
    let seconds = seconds.max(2);
    let limit = libc::rlimit {
        rlim_cur: seconds,
        // For a handler that waits for a lock which the interrupted code holds.
        rlim_max: seconds.saturating_add(2),
    };
    let handler = leave_out_of_time as extern "C" fn(libc::c_int);
    // SAFETY: the handler is a function of the type that `signal` asks for, and the limit is valid for the call.
    unsafe {
        libc::signal(libc::SIGXCPU, handler as libc::sighandler_t);
        libc::setrlimit(libc::RLIMIT_CPU, &raw const limit);
    }
}

/// Hands on what is recorded, which takes no memory and no lock, and leaves.
extern "C" fn leave_out_of_time(_: libc::c_int) {
    super::recorder::flush();
    // SAFETY: `_exit` is always allowed.
    unsafe { libc::_exit(OUT_OF_TIME) }
}

/// The interpreter prints what befalls it at the end of a run to the process's own output, which is the command's.
fn say_nothing_oneself() {
    // SAFETY: the name is a C string, and descriptors are the process's own.
    unsafe {
        let nowhere = libc::open(c"/dev/null".as_ptr(), libc::O_WRONLY);
        if nowhere >= 0 {
            libc::dup2(nowhere, libc::STDOUT_FILENO);
            libc::close(nowhere);
        }
    }
}

/// The child's sink: a batch, preceded by its length.
fn write(batch: &[u8]) {
    let length = u32::try_from(batch.len()).unwrap_or(u32::MAX).to_le_bytes();
    write_all(&length);
    write_all(batch);
}

fn write_all(mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: the buffer is valid for its length, and the descriptor is the child's own.
        let written = unsafe { libc::write(PIPE.load(Relaxed), bytes.as_ptr().cast(), bytes.len()) };
        match usize::try_from(written) {
            Ok(written) => bytes = &bytes[written..],
            Err(_) if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            // The parent is gone: there is nobody left to write for.
            // SAFETY: `_exit` is always allowed.
            Err(_) => unsafe { libc::_exit(1) },
        }
    }
}

/// Called by the allocator of a child that is refused memory: nothing may be allocated from here on. What is recorded is in
/// its batch already.
pub(super) fn leave_out_of_memory() {
    if PIPE.load(Relaxed) >= 0 {
        super::recorder::flush();
        // SAFETY: `_exit` is always allowed.
        unsafe { libc::_exit(OUT_OF_MEMORY) }
    }
}

fn wait(process: libc::pid_t) -> i32 {
    let mut status = 0;
    // SAFETY: the process is this one's child, and is waited for once.
    while unsafe { libc::waitpid(process, &raw mut status, 0) } == -1
        && std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted
    {}
    status
}

/// The outcome of a child that did not write one itself.
fn abnormal(status: i32) -> Outcome {
    if libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == OUT_OF_MEMORY {
        Outcome::Limit { limit: Limit::Memory }
    } else if libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == OUT_OF_TIME {
        Outcome::Limit { limit: Limit::Work }
    } else if libc::WIFSIGNALED(status) {
        internal_error(&format!(
            "the interpreter was ended by signal {}",
            libc::WTERMSIG(status)
        ))
    } else {
        internal_error(&format!(
            "the interpreter left with status {}",
            libc::WEXITSTATUS(status)
        ))
    }
}
