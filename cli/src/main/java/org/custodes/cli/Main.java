package org.custodes.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The command line. Exit codes: 0 done, 1 it did not work, 2 the command line is wrong, 130
/// interrupted.
@Command(
        name = "custodes",
        description = "A video management system that watches the watchers.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            LoginCommand.class,
            CameraCommand.class,
            PersonCommand.class,
            CheckCommand.class,
            BenchCommand.class,
            SimulateCommand.class
        },
        footerHeading = "%nBeside these, the launcher knows:%n",
        footer = {
            "  setup   Look whether this machine has what tests need; as root on Debian, install it.",
            "  test    Run every test there is."
        })
public final class Main {
    private Main() {}

    /// Runs one command and exits with its code.
    public static void main(String[] arguments) {
        Logs.begin();
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        var commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler(Main::explain);
        return commandLine.execute(arguments);
    }

    /// What stops a command is told in words; only a fault of this program shows where it happened.
    private static int explain(
            Exception fault, CommandLine commandLine, CommandLine.ParseResult result) {
        PrintWriter err = commandLine.getErr();
        if (fault instanceof CannotStartException || fault instanceof ApiException) {
            err.println("custodes: " + fault.getMessage());
        } else {
            err.println(
                    "custodes: A fault in the program itself (%s). Please report what follows."
                            .formatted(fault.getMessage()));
            fault.printStackTrace(err);
        }
        return 1;
    }

    /// The version that the build wrote into the jar, so that it stands in one place.
    static final class Version implements IVersionProvider {
        static final String NUMBER = "0.1.0";

        @Override
        public String[] getVersion() {
            return new String[] {"custodes " + NUMBER};
        }
    }
}
