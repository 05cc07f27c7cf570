//! What instructions cost: the model behind counted work.
//!
//! Costs are tenths of a nanosecond on an ordinary CPython 3.14 (a desktop machine of about 2023), measured with
//! `tests/bench/workloads`. They need to be right within a factor of two, and the same everywhere.

use std::sync::atomic::Ordering::Relaxed;

use rustpython_vm::{bytecode::Opcode, observe};

/// What most instructions cost: loads, stores, jumps, small arithmetic.
const LIGHT: u16 = 35;

/// Gives the interpreter its table.
pub fn install() {
    for (number, slot) in observe::COSTS.iter().enumerate() {
        let cost = u8::try_from(number)
            .ok()
            .and_then(|number| Opcode::try_from(number).ok())
            .map_or(LIGHT, |opcode| cost(&format!("{opcode:?}")));
        slot.store(cost, Relaxed);
    }
}

/// By name, since the interpreter specialises an instruction into many that cost about the same.
fn cost(name: &str) -> u16 {
    const FAMILIES: &[(&str, u16)] = &[
        ("Cache", 0),
        ("Resume", 10),
        ("ExtendedArg", 5),
        ("Nop", 5),
        ("NotTaken", 5),
        ("Precall", 5),
        ("PushNull", 10),
        ("LoadFast", 12),
        ("StoreFast", 15),
        ("LoadConst", 12),
        ("LoadSmallInt", 12),
        ("PopTop", 15),
        ("Copy", 12),
        ("Swap", 12),
        ("JumpBackward", 30),
        ("Jump", 10),
        ("PopJump", 25),
        ("LoadGlobal", 25),
        ("LoadAttr", 60),
        ("StoreAttr", 80),
        ("BinaryOp", 110),
        ("CompareOp", 60),
        ("ContainsOp", 100),
        ("BinarySlice", 300),
        ("StoreSlice", 300),
        ("StoreSubscr", 120),
        ("CallFunctionEx", 500),
        ("CallIntrinsic", 200),
        ("CallKw", 450),
        ("Call", 250),
        ("ReturnGenerator", 400),
        ("Return", 60),
        ("Yield", 100),
        ("Send", 100),
        ("ForIter", 50),
        ("GetIter", 150),
        ("Build", 200),
        ("ListAppend", 60),
        ("SetAdd", 150),
        ("MapAdd", 150),
        ("FormatSimple", 350),
        ("FormatWithSpec", 800),
        ("ConvertValue", 300),
        ("UnpackSequence", 60),
        ("MakeFunction", 300),
        ("Import", 2_000),
        ("LoadBuildClass", 5_000),
        ("RaiseVarargs", 2_000),
        ("PushExcInfo", 300),
        ("CheckExcMatch", 200),
    ];
    FAMILIES
        .iter()
        .find(|(family, _)| name.starts_with(family))
        .map_or(LIGHT, |(_, cost)| *cost)
}
