//! The functions of C's mathematical library, natively: those that the WebAssembly module has.
//!
//! A machine's own differ from them, and from each other, in the last digit, and a program would print another number
//! in a browser. Whatever is linked with this crate, `f64::exp` included, finds these first.

/// Exports functions of the `libm` crate under their C names.
macro_rules! functions {
    ($($name:ident($($argument:ident),+);)+) => {
        $(
            #[unsafe(no_mangle)]
            extern "C" fn $name($($argument: f64),+) -> f64 {
                libm::$name($($argument),+)
            }
        )+
    };
}

functions! {
    acos(x); asin(x); atan(x); atan2(y, x); cos(x); sin(x); tan(x);
    acosh(x); asinh(x); atanh(x); cosh(x); sinh(x); tanh(x);
    exp(x); exp2(x); expm1(x); log(x); log10(x); log1p(x); log2(x);
    cbrt(x); hypot(x, y); pow(x, y);
    erf(x); erfc(x); lgamma(x); tgamma(x);
}
