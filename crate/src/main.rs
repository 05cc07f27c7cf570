//! The `loopscope` command.
fn main() -> std::process::ExitCode {
    loopscope::command::main()
}
