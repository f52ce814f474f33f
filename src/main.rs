//! Casebook: start-up only.

fn main() -> std::process::ExitCode {
    casebook::cli::run()
}
