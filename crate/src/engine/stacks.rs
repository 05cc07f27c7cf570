//! Call stacks and await chains, interned.
//!
//! A program that loops passes the same places again and again: the first time a stack is seen it becomes an event, and
//! from then on it is a number. Stacks are recognised by code object and instruction, which costs no strings.

use std::{
    cell::{Cell, OnceCell},
    collections::HashMap,
    sync::Arc,
};

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyRef, VirtualMachine,
    builtins::{PyAsyncGen, PyCode, PyCoroutine, PyGenerator, PyStrInterned, PyTraceback},
    frame::{FrameObjectRef, current_thread_iframe},
    observe,
};

use super::{library, program::BOOTSTRAP_PATH, quick::QuickMap};
use crate::{
    trace::event::{FileId, Frame, Span, StackId},
    workspace::File,
};

/// Deeper stacks are cut: their innermost frames are what matters.
const DEPTH: usize = 48;

/// One frame by identity: its code object's address and its instruction.
type Place = (usize, u32);

/// The stacks, chains and files that the trace knows.
#[derive(Default)]
pub(super) struct Stacks {
    /// The workspace's files that hold more than ASCII, by path: the interpreter counts columns in bytes, and people in
    /// characters.
    wide: HashMap<String, Wide>,
    known: QuickMap<Vec<Place>, StackId>,
    /// Code objects of known stacks stay alive, so that no other can take their address.
    codes: QuickMap<usize, (PyRef<PyCode>, FileId)>,
    files: HashMap<String, FileId>,
    /// Where a stack is written down to be looked up, so that the many which are known cost no memory.
    places: Vec<Place>,
}

/// A file that holds more than ASCII.
struct Wide {
    text: Arc<str>,
    /// Its lines that do, by number; found when the first place in the file is.
    lines: OnceCell<HashMap<u32, String>>,
}

impl Wide {
    fn of(file: &File) -> Self {
        Self {
            text: Arc::clone(&file.text),
            lines: OnceCell::new(),
        }
    }

    fn lines(&self) -> &HashMap<u32, String> {
        self.lines.get_or_init(|| {
            let lines = (1..).zip(self.text.lines()).filter(|(_, line)| !line.is_ascii());
            lines.map(|(number, line)| (number, line.to_owned())).collect()
        })
    }
}

/// A stack before it is looked up. It borrows nothing, so that it can be taken first and recorded later.
pub struct Walk {
    places: Vec<Place>,
    codes: Vec<PyRef<PyCode>>,
}

impl Walk {
    fn new() -> Self {
        Self {
            places: Vec::with_capacity(12),
            codes: Vec::with_capacity(12),
        }
    }

    fn push(&mut self, code: PyRef<PyCode>, instruction: u32) {
        self.places.push((code.as_object().get_id(), instruction));
        self.codes.push(code);
    }

    /// The running frames, innermost first, down to the loop or the thread that called them.
    pub fn running(vm: &VirtualMachine) -> Self {
        let mut walk = Self::new();
        each_running(vm, |code, instruction| walk.push(code.to_owned(), instruction));
        walk
    }

    /// The head of a function that need not run.
    pub fn of(code: &Py<PyCode>) -> Self {
        let mut walk = Self::new();
        walk.push(code.to_owned(), 0);
        walk
    }

    /// Lets the innermost frame be at another of its instructions.
    pub fn set_innermost(&mut self, instruction: u32) {
        if let Some(place) = self.places.first_mut() {
            place.1 = instruction;
        }
    }

    /// Whether two stacks pass the same lines.
    pub fn same_lines(&self, other: &Self) -> bool {
        self.places.len() == other.places.len()
            && self
                .codes
                .iter()
                .zip(&self.places)
                .zip(&other.places)
                .all(|((code, ours), theirs)| {
                    ours == theirs || (ours.0 == theirs.0 && line(code, ours.1) == line(code, theirs.1))
                })
    }

    /// The frames a suspended coroutine waits in, innermost first.
    pub fn awaiting(coroutine: &PyObject) -> Self {
        let mut walk = Self::new();
        each_awaiting(coroutine, |_, frame| {
            walk.push(frame.iframe().code().to_owned(), frame.lasti());
        });
        walk.places.reverse();
        walk.codes.reverse();
        walk
    }

    /// The frames a traceback passes, innermost first.
    pub fn traceback(traceback: Option<PyRef<PyTraceback>>) -> Self {
        let mut walk = Self::new();
        let mut next = traceback;
        while let Some(entry) = next.take() {
            let instruction = u32::try_from(entry.lasti / 2).unwrap_or(0) + 1;
            walk.push(entry.frame.iframe().code().to_owned(), instruction);
            next.clone_from(&entry.next.lock());
        }
        walk.places.reverse();
        walk.codes.reverse();
        walk.places.truncate(DEPTH);
        walk.codes.truncate(DEPTH);
        walk
    }
}

/// The names at which a stack ends that is to be told: the turn of a loop, the start of a thread, the start of a run.
#[derive(Clone, Copy)]
struct Ends {
    turn: &'static PyStrInterned,
    thread: &'static PyStrInterned,
    bootstrap: &'static PyStrInterned,
}

thread_local! {
    static ENDS: Cell<Option<Ends>> = const { Cell::new(None) };
}

impl Ends {
    /// The same for every interpreter of the process, which has one table of interned names.
    fn of(vm: &VirtualMachine) -> Self {
        ENDS.get().unwrap_or_else(|| {
            let ends = Self {
                turn: vm.ctx.intern_str("_run_once"),
                thread: vm.ctx.intern_str("_run_stretch"),
                bootstrap: vm.ctx.intern_str(BOOTSTRAP_PATH),
            };
            ENDS.set(Some(ends));
            ends
        })
    }

    fn are_at(self, code: &Py<PyCode>) -> bool {
        let name = code.code.obj_name;
        std::ptr::eq(name, self.turn)
            || std::ptr::eq(name, self.thread)
            || std::ptr::eq(code.source_path(), self.bootstrap)
    }
}

/// Visits the running frames, innermost first, down to the loop or the thread that called them.
fn each_running(vm: &VirtualMachine, mut visit: impl FnMut(&Py<PyCode>, u32)) {
    let ends = Ends::of(vm);
    let mut pointer = current_thread_iframe();
    for _ in 0..DEPTH {
        if pointer.is_null() {
            return;
        }
        // SAFETY: the frames of the running thread stay alive while it runs, and nothing runs in between.
        let frame = unsafe { &*pointer };
        if ends.are_at(frame.code()) {
            return;
        }
        visit(frame.code(), frame.get_lasti());
        pointer = frame.previous();
    }
}

/// Whether another thread may run before the next instruction. The host's own code is to a program what `CPython`'s is in C:
/// nothing comes between; and a module that is being imported is nobody else's business yet. Nor is the library interrupted
/// where it does not wait itself: a lock that it holds there would be waited for where nobody can give way.
pub(super) fn is_interruptible(vm: &VirtualMachine) -> bool {
    let turn = vm.ctx.intern_str("_run_once");
    let mut pointer = current_thread_iframe();
    let mut is_innermost = true;
    while !pointer.is_null() {
        // SAFETY: the frames of the running thread stay alive while it runs, and nothing runs in between.
        let code = unsafe { &*pointer }.code();
        let path = code.source_path().as_str();
        if path == BOOTSTRAP_PATH || (!is_innermost && std::ptr::eq(code.code.obj_name, turn)) {
            break;
        }
        if path.starts_with("<frozen ") || library::is_host_module(path) {
            return false;
        }
        if is_innermost && library::is_elsewhere(path) {
            return false;
        }
        is_innermost = false;
        // SAFETY: as above.
        pointer = unsafe { &*pointer }.previous();
    }
    true
}

/// Visits the frames a suspended coroutine waits in, outermost first, each with the address of what it is the frame of.
fn each_awaiting(coroutine: &PyObject, mut visit: impl FnMut(usize, FrameObjectRef)) {
    let mut visited = 0;
    let mut next = Some(coroutine.to_owned());
    while let Some(object) = next.take()
        && visited < DEPTH
    {
        if let Some(frame) = frame_of(&object) {
            next = frame.yield_from_target();
            visited += 1;
            visit(address(&object), frame);
        } else {
            next = observe::delegate(&object).map(ToOwned::to_owned);
        }
    }
}

/// The innermost frame in which a suspended coroutine waits, if it has one, and the address of what it is the frame of.
pub(super) fn innermost_frame(coroutine: &PyObject) -> Option<(usize, FrameObjectRef)> {
    let mut innermost = None;
    each_awaiting(coroutine, |address, frame| innermost = Some((address, frame)));
    innermost
}

fn frame_of(object: &PyObject) -> Option<FrameObjectRef> {
    if let Some(coroutine) = object.downcast_ref::<PyCoroutine>() {
        coroutine.as_coro().frame_opt()
    } else if let Some(generator) = object.downcast_ref::<PyGenerator>() {
        generator.as_coro().frame_opt()
    } else if let Some(generator) = object.downcast_ref::<PyAsyncGen>() {
        generator.as_coro().frame_opt()
    } else {
        None
    }
}

/// What looking a stack up found that the trace does not know yet, in the order in which it must be told.
pub(super) enum News {
    Source { id: FileId, path: String, workspace: bool },
    Stack { id: StackId, frames: Vec<Frame> },
}

impl Stacks {
    /// Of a run of these files.
    pub(super) fn of(files: &[File]) -> Self {
        let wide = files.iter().filter(|file| !file.text.is_ascii());
        Self {
            wide: wide.map(|file| (file.path.clone(), Wide::of(file))).collect(),
            ..Self::default()
        }
    }

    /// The number of the stack that runs, if it has one.
    pub(super) fn known_running(&mut self, vm: &VirtualMachine) -> Option<StackId> {
        self.places.clear();
        each_running(vm, |code, instruction| {
            self.places.push((code.as_object().get_id(), instruction));
        });
        self.known.get(&self.places).copied()
    }

    /// The number of the chain in which a suspended coroutine waits, and the news it brings.
    pub(super) fn awaiting(&mut self, coroutine: &PyObject, workspace: &dyn Fn(&str) -> bool) -> (StackId, Vec<News>) {
        self.places.clear();
        each_awaiting(coroutine, |_, frame| {
            self.places
                .push((frame.iframe().code().as_object().get_id(), frame.lasti()));
        });
        self.places.reverse();
        match self.known.get(&self.places) {
            Some(id) => (*id, Vec::new()),
            None => self.intern(Walk::awaiting(coroutine), workspace),
        }
    }

    /// The number of a stack, and the news it brings.
    pub(super) fn intern(&mut self, walk: Walk, workspace: &dyn Fn(&str) -> bool) -> (StackId, Vec<News>) {
        if let Some(id) = self.known.get(&walk.places) {
            return (*id, Vec::new());
        }
        let mut news = Vec::new();
        let frames = self.frames(&walk, workspace, &mut news);
        let id = StackId::try_from(self.known.len() + 1).unwrap_or(StackId::MAX);
        self.known.insert(walk.places, id);
        news.push(News::Stack { id, frames });
        (id, news)
    }

    /// The frames of a stack, in words, and the files they bring.
    pub(super) fn frames(&mut self, walk: &Walk, workspace: &dyn Fn(&str) -> bool, news: &mut Vec<News>) -> Vec<Frame> {
        let mut frames = Vec::with_capacity(walk.places.len());
        for ((address, instruction), code) in walk.places.iter().zip(&walk.codes) {
            let file = if let Some((_, file)) = self.codes.get(address) {
                *file
            } else {
                let file = self.file(of_workspace(code.source_path().as_str()), workspace, news);
                self.codes.insert(*address, (code.clone(), file));
                file
            };
            let mut frame = frame(code, *instruction, file);
            if let Some(wide) = self.wide.get(of_workspace(code.source_path().as_str())) {
                let lines = wide.lines();
                let span = &mut frame.span;
                span.column = in_characters(lines, span.line, span.column);
                span.end_column = in_characters(lines, span.end_line, span.end_column);
            }
            frames.push(frame);
        }
        frames
    }

    /// The number of a file, and the news it brings.
    pub(super) fn file(&mut self, path: &str, workspace: &dyn Fn(&str) -> bool, news: &mut Vec<News>) -> FileId {
        if let Some(id) = self.files.get(path) {
            return *id;
        }
        let id = FileId::try_from(self.files.len() + 1).unwrap_or(FileId::MAX);
        self.files.insert(path.to_owned(), id);
        news.push(News::Source {
            id,
            path: path.to_owned(),
            workspace: workspace(path),
        });
        id
    }
}

/// The workspace's own name of a file that was imported by its whole path. Other paths stay as they are.
pub(super) fn of_workspace(path: &str) -> &str {
    path.strip_prefix("/workspace/").unwrap_or(path)
}

/// The column, counted in characters, of one that is counted in bytes.
fn in_characters(lines: &HashMap<u32, String>, line: u32, column: u32) -> u32 {
    let text = lines
        .get(&line)
        .and_then(|line| line.get(..(column as usize).saturating_sub(1)));
    text.map_or(column, |before| to_u32(before.chars().count() + 1))
}

fn frame(code: &Py<PyCode>, instruction: u32, file: FileId) -> Frame {
    let definition = code.code.first_line_number.map_or(1, |line| to_u32(line.get()));
    let place = (instruction as usize)
        .checked_sub(1)
        .and_then(|index| code.location(index));
    let span = place.map_or(
        Span {
            file,
            line: definition,
            column: 1,
            end_line: definition,
            end_column: 1,
        },
        |(start, end)| Span {
            file,
            line: to_u32(start.line.get()),
            column: to_u32(start.character_offset.get()),
            end_line: to_u32(end.line.get()),
            end_column: to_u32(end.character_offset.get()),
        },
    );
    Frame {
        function: code.code.qualname.as_str().to_owned(),
        span,
        definition,
    }
}

fn line(code: &Py<PyCode>, instruction: u32) -> Option<u32> {
    let index = (instruction as usize).checked_sub(1)?;
    code.location(index).map(|(start, _)| to_u32(start.line.get()))
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An object's address, for tables that forget an object before it dies.
pub(super) fn address(object: &PyObject) -> usize {
    object.get_id()
}

/// The first local variable of a suspended frame: `self`, in a method.
pub(super) fn first_local(frame: &FrameObjectRef) -> Option<PyObjectRef> {
    // SAFETY: the frame is suspended, and this thread is the only one.
    unsafe { frame.fastlocals().first().cloned().flatten() }
}
