//! What instructions cost: the model behind counted work.
//!
//! Costs are tenths of a nanosecond on an ordinary `CPython` 3.14 (a desktop machine of about 2023), measured with
//! `tests/bench/workloads`. They need to be right within a factor of two, and the same everywhere.

use std::sync::atomic::Ordering::Relaxed;

use rustpython_vm::{bytecode::Opcode, observe};

/// What most instructions cost: loads, stores, jumps, small arithmetic.
const LIGHT: u16 = 35;

/// Gives the interpreter its table.
pub(super) fn install() {
    for (number, slot) in observe::COSTS.iter().enumerate() {
        let cost = u8::try_from(number)
            .ok()
            .and_then(|number| Opcode::try_from(number).ok())
            .map_or(LIGHT, |opcode| cost(&format!("{opcode:?}")));
        slot.store(cost, Relaxed);
    }
}

/// The first family that an instruction's name begins with gives its cost: the interpreter specialises an instruction into
/// many that cost about the same.
const FAMILIES: &[(&str, u16)] = &[
    ("Cache", 0),
    ("Resume", 20),
    ("ExtendedArg", 5),
    ("Nop", 5),
    ("NotTaken", 5),
    ("PushNull", 10),
    ("LoadFast", 20),
    ("StoreFast", 22),
    ("LoadConst", 20),
    ("LoadSmallInt", 20),
    ("PopTop", 20),
    ("Copy", 15),
    ("Swap", 15),
    ("JumpBackward", 45),
    ("Jump", 10),
    ("PopJump", 40),
    ("LoadGlobal", 40),
    ("LoadAttr", 80),
    ("StoreAttr", 90),
    ("BinaryOpInplaceAddUnicode", 300),
    ("BinaryOpSubscr", 160),
    ("BinaryOp", 150),
    ("CompareOp", 90),
    ("ContainsOp", 220),
    ("BinarySlice", 500),
    ("StoreSlice", 500),
    ("StoreSubscr", 220),
    ("CallFunctionEx", 800),
    ("CallIntrinsic", 300),
    ("CallKw", 700),
    ("CallListAppend", 150),
    ("CallLen", 200),
    ("CallIsinstance", 250),
    ("CallMethod", 700),
    ("CallPy", 280),
    ("CallBoundMethod", 300),
    ("Call", 480),
    ("ReturnGenerator", 700),
    ("Return", 90),
    ("Yield", 150),
    ("Send", 180),
    ("GetAwaitable", 150),
    ("ForIter", 70),
    ("GetIter", 200),
    ("BuildTuple", 180),
    ("BuildList", 220),
    ("BuildMap", 350),
    ("BuildString", 900),
    ("Build", 300),
    ("ListAppend", 130),
    ("SetAdd", 300),
    ("MapAdd", 330),
    ("FormatSimple", 900),
    ("FormatWithSpec", 3_000),
    ("ConvertValue", 500),
    ("UnpackSequence", 100),
    ("MakeFunction", 400),
    ("Import", 3_000),
    ("LoadBuildClass", 10_000),
    ("RaiseVarargs", 5_000),
    ("Reraise", 1_000),
    ("PushExcInfo", 1_200),
    ("CheckExcMatch", 400),
];

fn cost(name: &str) -> u16 {
    FAMILIES
        .iter()
        .find(|(family, _)| name.starts_with(family))
        .map_or(LIGHT, |(_, cost)| *cost)
}
