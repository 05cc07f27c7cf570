//! What the analysis makes of traces that are written by hand.
#![cfg(feature = "analysis")]

mod rules;
mod script;
mod views;
