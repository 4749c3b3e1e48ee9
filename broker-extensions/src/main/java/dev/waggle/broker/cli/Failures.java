package dev.waggle.broker.cli;

import dev.waggle.broker.cli.local.CommandFailed;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one readable line and an exit code; a bug keeps its stack trace. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine line, ParseResult parsed) {
        if (thrown instanceof CommandFailed failed) {
            line.getErr().println("waggle: " + failed.getMessage());
            return failed.exitCode();
        }
        line.getErr().println("waggle: this is a bug: " + thrown);
        thrown.printStackTrace(line.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }
}
