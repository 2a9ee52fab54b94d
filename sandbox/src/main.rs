//! Runs the sandbox, which serves the APIs of Unigox and P100 on this machine, until Ctrl-C.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program prints")]

use std::process::ExitCode;

use partner_sandbox::Sandbox;

const USAGE: &str = "Usage: partner-sandbox [PORT]

Both partner APIs on this machine, with state, until Ctrl-C. Without a port, a free one is taken.";

/// What the program does, according to its command-line arguments.
enum Command {
    Help,
    Run(u16),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match parse_command(&arguments) {
        Ok(Command::Run(port)) => run(port).await,
        Ok(Command::Help) => {
            println!("{USAGE}");
            Ok(())
        }
        Err(problem) => Err(problem),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("partner-sandbox: {problem}");
            ExitCode::from(2)
        }
    }
}

fn parse_command(arguments: &[String]) -> Result<Command, String> {
    match arguments {
        [] => Ok(Command::Run(0)),
        [help] if help == "--help" || help == "-h" => Ok(Command::Help),
        [port] => match port.parse() {
            Ok(port) => Ok(Command::Run(port)),
            Err(_) => Err(format!("`{port}` is not a port, which is a number up to 65535\n\n{USAGE}")),
        },
        _ => Err(format!("there is one argument at most\n\n{USAGE}")),
    }
}

async fn run(port: u16) -> Result<(), String> {
    let sandbox = Sandbox::start_on_port(port)
        .await
        .map_err(|error| format!("port {port} of 127.0.0.1 cannot be used: {error}"))?;
    for api in sandbox.apis() {
        println!("{:<7} {}  key {}", api.name, api.base_url, api.api_key);
    }
    println!("Ctrl-C stops the sandbox. Its state is lost then.");
    tokio::signal::ctrl_c().await.map_err(|error| format!("Ctrl-C cannot be waited for: {error}"))?;
    sandbox.stop().await;
    Ok(())
}
