//! Words for objects of the program, found without running any of its code.

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, VirtualMachine,
    builtins::{
        PyAsyncGen, PyBaseException, PyCoroutine, PyFloat, PyFunction, PyGenerator, PyInt, PyStr, PyTuple, PyType,
    },
};

use super::stacks;
use crate::trace::event::{FileId, Frame, Span};

/// Longer messages are cut.
const LONGEST_MESSAGE: usize = 1000;

/// A class as tracebacks print it: built-in and `__main__` classes by name alone.
pub(super) fn class_name(class: &Py<PyType>, vm: &VirtualMachine) -> String {
    let name = class.name().to_string();
    let module = class
        .get_attr(vm.ctx.intern_str("__module__"))
        .and_then(|module| Some(module.downcast_ref::<PyStr>()?.to_string()));
    match module {
        Some(module) if module != "builtins" && module != "__main__" => format!("{module}.{name}"),
        _ => name,
    }
}

/// `str(exception)` for exceptions that leave `__str__` to the interpreter; otherwise what their arguments say.
pub(super) fn message(exception: &Py<PyBaseException>, vm: &VirtualMachine) -> String {
    let words = if writes_its_own_text(exception.class(), vm) {
        arguments(exception)
    } else if exception.args().iter().all(is_plain) {
        exception
            .as_object()
            .str(vm)
            .map_or_else(|_| arguments(exception), |text| text.to_string())
    } else {
        arguments(exception)
    };
    match words.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => words[..end].to_owned(),
        None => words,
    }
}

/// Whether the text of such an exception is computed by Python code.
fn writes_its_own_text(class: &Py<PyType>, vm: &VirtualMachine) -> bool {
    class
        .get_attr(vm.ctx.intern_str("__str__"))
        .is_some_and(|method| method.downcast_ref::<PyFunction>().is_some())
}

/// Objects whose text is the interpreter's own.
fn is_plain(object: &PyObjectRef) -> bool {
    match object.class().name().to_string().as_str() {
        "str" | "int" | "float" | "bool" | "NoneType" | "bytes" => true,
        "tuple" => object
            .downcast_ref::<PyTuple>()
            .is_some_and(|items| items.iter().all(is_plain)),
        _ => false,
    }
}

fn arguments(exception: &Py<PyBaseException>) -> String {
    let args = exception.args();
    args.iter()
        .filter_map(|argument| {
            argument
                .downcast_ref::<PyStr>()
                .map(ToString::to_string)
                .or_else(|| Some(argument.downcast_ref::<PyInt>()?.as_bigint().to_string()))
                .or_else(|| Some(argument.downcast_ref::<PyFloat>()?.to_f64().to_string()))
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// Where a syntax error is.
pub(super) struct SyntaxPlace {
    pub path: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl SyntaxPlace {
    pub(super) fn frame(&self, file: FileId) -> Frame {
        Frame {
            function: "<module>".to_owned(),
            span: Span {
                file,
                line: self.line,
                column: self.column,
                end_line: self.end_line,
                end_column: self.end_column,
            },
            definition: 1,
        }
    }
}

/// The place in a `SyntaxError`, from its arguments, which the compiler filled in.
pub(super) fn syntax_error(exception: &Py<PyBaseException>, vm: &VirtualMachine) -> Option<SyntaxPlace> {
    if !exception.fast_isinstance(vm.ctx.exceptions.syntax_error) {
        return None;
    }
    let text = |name: &'static str| {
        let value = exception.as_object().get_attr(name, vm).ok()?;
        Some(value.downcast_ref::<PyStr>()?.to_string())
    };
    let number = |name: &'static str| {
        let value = exception.as_object().get_attr(name, vm).ok()?;
        value
            .downcast_ref::<PyInt>()?
            .as_bigint()
            .to_string()
            .parse::<u32>()
            .ok()
    };
    let line = number("lineno")?.max(1);
    let column = number("offset").unwrap_or(1).max(1);
    let end_line = number("end_lineno").unwrap_or(line).max(line);
    let end_column = number("end_offset").unwrap_or(column + 1);
    let end_column = if end_line == line {
        end_column.max(column + 1)
    } else {
        end_column.max(1)
    };
    Some(SyntaxPlace {
        path: text("filename")?,
        line,
        column,
        end_line,
        end_column,
    })
}

/// The qualified name of a coroutine or generator; the class of anything else.
pub(super) fn function_name(object: &PyObject) -> String {
    if let Some(coroutine) = object.downcast_ref::<PyCoroutine>() {
        coroutine.as_coro().qualname().to_string_lossy().into_owned()
    } else if let Some(generator) = object.downcast_ref::<PyGenerator>() {
        generator.as_coro().qualname().to_string_lossy().into_owned()
    } else if let Some(generator) = object.downcast_ref::<PyAsyncGen>() {
        generator.as_coro().qualname().to_string_lossy().into_owned()
    } else {
        object.class().name().to_string()
    }
}

/// The `asyncio` primitive in whose method a coroutine waits.
pub(super) struct Primitive {
    pub class: String,
    pub address: usize,
    /// The address of the lock that belongs to a condition.
    pub lock: Option<usize>,
    /// The address of the innermost coroutine, the method's own.
    pub coroutine: usize,
}

/// Finds it by the innermost frame: a method defined in `asyncio/locks.py`, `asyncio/queues.py` or `asyncio/taskgroups.py`.
pub(super) fn primitive(coroutine: &PyObject, vm: &VirtualMachine) -> Option<Primitive> {
    let (innermost, frame) = stacks::innermost_frame(coroutine)?;
    let code = frame.iframe().code().to_owned();
    let path = code.source_path().as_str();
    let known = [
        "asyncio/locks.py",
        "asyncio/queues.py",
        "asyncio/taskgroups.py",
        "asyncio/streams.py",
    ];
    if !known.iter().any(|file| path.ends_with(file)) {
        return None;
    }
    let owner = stacks::first_local(&frame)?;
    let lock = owner.dict().and_then(|names| names.get_item_opt("_lock", vm).ok()?);
    Some(Primitive {
        class: owner.class().name().to_string(),
        address: stacks::address(&owner),
        lock: lock.map(|lock| stacks::address(&lock)),
        coroutine: innermost,
    })
}

/// The lock or semaphore that a coroutine which has just been made will acquire, if it is a call of its `acquire()`.
pub(super) fn acquired(coroutine: &PyObject) -> Option<PyObjectRef> {
    let frame = coroutine.downcast_ref::<PyCoroutine>()?.as_coro().frame_opt()?;
    let code = frame.iframe().code();
    if code.code.obj_name.as_str() != "acquire" || !code.source_path().as_str().ends_with("asyncio/locks.py") {
        return None;
    }
    stacks::first_local(&frame)
}

/// For how many there is room at a primitive, by what it says itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Lock { free: bool },
    Semaphore { permits: i64 },
}

impl Room {
    pub(super) fn is_free(self) -> bool {
        match self {
            Self::Lock { free } => free,
            Self::Semaphore { permits } => permits > 0,
        }
    }

    /// What is left when somebody has been let in. Who waited at a semaphore was counted already when it was woken.
    pub(super) fn taken(self, waited: bool) -> Self {
        match self {
            Self::Lock { .. } => Self::Lock { free: false },
            Self::Semaphore { permits } => Self::Semaphore {
                permits: permits - i64::from(!waited),
            },
        }
    }
}

/// The room at a lock or semaphore; of a class of the program's own that keeps no count, nothing is known.
pub(super) fn room(primitive: &PyObject, vm: &VirtualMachine) -> Option<Room> {
    let names = primitive.dict()?;
    if let Some(locked) = names.get_item_opt("_locked", vm).ok()? {
        return Some(Room::Lock {
            free: !locked.is(&vm.ctx.true_value),
        });
    }
    let permits = names.get_item_opt("_value", vm).ok()??;
    let permits = permits.downcast_ref::<PyInt>()?.as_bigint().try_into().ok()?;
    Some(Room::Semaphore { permits })
}

/// Whether anybody has come to a lock or semaphore before, and has not left.
pub(super) fn has_waiters(primitive: &PyObject, vm: &VirtualMachine) -> bool {
    let waiters = primitive
        .dict()
        .and_then(|names| names.get_item_opt("_waiters", vm).ok()?);
    waiters.is_some_and(|waiters| !vm.is_none(&waiters) && waiters.length(vm).is_ok_and(|length| length > 0))
}
