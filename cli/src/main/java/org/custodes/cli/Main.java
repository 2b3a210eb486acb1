package org.custodes.cli;

import java.io.PrintWriter;
import java.util.Set;
import org.custodes.access.DatabaseAwayException;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.database.DatabaseException;
import org.custodes.register.RegisterUnavailableException;
import org.custodes.server.TlsAuthority.TlsAuthorityException;
import org.custodes.simulator.ClipUnreadableException;
import org.custodes.store.StoreFormatException;
import org.custodes.store.StoreInUseException;
import org.custodes.vault.KeyStoreRefusedException;
import org.custodes.vault.KeyStoreUnavailableException;
import org.custodes.vault.RootKeyException;
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
    /// Faults whose message was written for whoever typed the command: what, why, the next step.
    private static final Set<Class<? extends Exception>> TOLD_IN_WORDS =
            Set.of(
                    CannotStartException.class,
                    ApiException.class,
                    RootKeyException.class,
                    KeyStoreRefusedException.class,
                    KeyStoreUnavailableException.class,
                    StoreFormatException.class,
                    StoreInUseException.class,
                    AuditUnavailableException.class,
                    DatabaseException.class,
                    DatabaseAwayException.class,
                    RegisterUnavailableException.class,
                    TlsAuthorityException.class,
                    ClipUnreadableException.class);

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
        if (TOLD_IN_WORDS.contains(fault.getClass())) {
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
