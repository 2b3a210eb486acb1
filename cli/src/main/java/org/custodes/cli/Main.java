package org.custodes.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.custodes.access.DatabaseAwayException;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.database.DatabaseException;
import org.custodes.register.RegisterUnavailableException;
import org.custodes.server.CannotListenException;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line. Exit codes: 0 done, 1 it did not work, 2 what was asked makes no sense, 130
/// interrupted.
@Command(
        name = "custodes",
        description = "A video management system that watches the watchers.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footerHeading = "%nBeside these, the launcher knows:%n",
        footer = {
            "  setup   Look whether this machine has what tests need; as root on Debian, install it.",
            "  test    Run every test there is.",
            "  fuzz    Search parsers for input that they cannot bear.",
            "",
            "Exit codes: 0 done, 1 it did not work, 2 what was asked makes no sense, 130 interrupted."
        })
public final class Main {
    /// Faults whose message was written for whoever typed the command: what, why, the next step.
    private static final Set<Class<? extends Exception>> TOLD_IN_WORDS =
            Set.of(
                    CannotStartException.class,
                    RootKeyException.class,
                    KeyStoreRefusedException.class,
                    KeyStoreUnavailableException.class,
                    StoreFormatException.class,
                    StoreInUseException.class,
                    AuditUnavailableException.class,
                    DatabaseException.class,
                    DatabaseAwayException.class,
                    RegisterUnavailableException.class,
                    CannotListenException.class,
                    TlsAuthorityException.class,
                    ClipUnreadableException.class);

    private static final Map<String, Class<?>> COMMANDS = commands();

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    /// Runs one command and exits with its code.
    public static void main(String[] arguments) {
        Logs.begin();
        // Standard output is written as the terminal reads it; what it cannot show becomes a `?`.
        var encoding = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));
        var out = new PrintWriter(System.out, true, encoding);
        var err = new PrintWriter(System.err, true, encoding);
        System.exit(run(Surroundings.ofThisMachine(), out, err, arguments));
    }

    static int run(
            Surroundings surroundings, PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine(surroundings, arguments)
                .setOut(out)
                .setErr(err)
                .registerConverter(UUID.class, Main::id)
                .registerConverter(URI.class, Main::address)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments);
    }

    private static Map<String, Class<?>> commands() {
        var commands = new LinkedHashMap<String, Class<?>>();
        commands.put("demo", DemoCommand.class);
        commands.put("serve", ServeCommand.class);
        commands.put("login", LoginCommand.class);
        commands.put("camera", CameraCommand.class);
        commands.put("person", PersonCommand.class);
        commands.put("storage", StorageCommand.class);
        commands.put("replay", ReplayCommand.class);
        commands.put("check", CheckCommand.class);
        commands.put("recover", RecoverCommand.class);
        commands.put("bench", BenchCommand.class);
        commands.put("chaos", ChaosCommand.class);
        commands.put("simulate", SimulateCommand.class);
        return commands;
    }

    /// Knows the command that is asked for, or all of them if none is: to look at each one's options takes
    /// longer than a start may.
    private static CommandLine commandLine(Surroundings surroundings, String... arguments) {
        var line = new CommandLine(new Main(), surroundings.commands());
        var asked = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (asked == null) {
            COMMANDS.forEach(line::addSubcommand);
        } else {
            line.addSubcommand(arguments[0], asked);
        }
        return line;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'%s' is no id; ids are told by the list command".formatted(cut(text)));
        }
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new TypeConversionException("'%s' is no address".formatted(cut(text)));
        }
    }

    /// What is wrong and where help is; the whole help only to somebody who said nothing at all.
    private static int misused(ParameterException fault, String[] arguments) {
        var command = fault.getCommandLine();
        var err = command.getErr();
        // A command with subcommands does nothing by itself: all that it can lack is one of them.
        if (fault.getClass() == ParameterException.class && !command.getSubcommands().isEmpty()) {
            command.usage(err);
            return MISUSED;
        }
        err.println("custodes: " + Plain.text(shortened(String.valueOf(fault.getMessage()))));
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try: %s --help".formatted(command.getCommandSpec().qualifiedName()));
        return MISUSED;
    }

    /// What stops a command is told in words; only a fault of this program shows where it happened.
    private static int explain(
            Exception fault, CommandLine commandLine, CommandLine.ParseResult result) {
        PrintWriter err = commandLine.getErr();
        switch (fault) {
            case ApiException refused when !refused.faults().isEmpty() -> {
                for (var wrong : refused.faults()) {
                    err.println("custodes: " + inWordsOf(commandLine, wrong));
                }
                return MISUSED;
            }
            case ApiException refused -> {
                err.println("custodes: " + refused.getMessage());
                if (!refused.next().isEmpty()) {
                    err.println(refused.next());
                }
            }
            case Exception told when TOLD_IN_WORDS.contains(told.getClass()) ->
                    err.println("custodes: " + told.getMessage());
            default -> {
                err.println(
                        "custodes: A fault in the program itself (%s). Please report what follows."
                                .formatted(fault.getMessage()));
                fault.printStackTrace(err);
            }
        }
        return FAILED;
    }

    /// The API names its fields; whoever typed a command knows options and arguments.
    private static String inWordsOf(CommandLine command, ApiException.Fault fault) {
        var typed = typedAs(command, fault.field());
        var quoted = "'" + fault.field() + "'";
        return fault.detail().startsWith(quoted)
                ? typed + fault.detail().substring(quoted.length())
                : typed + ": " + fault.detail();
    }

    private static String typedAs(CommandLine command, String field) {
        var spec = command.getCommandSpec();
        var option = "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (spec.findOption(option) != null) {
            return option;
        }
        return spec.positionalParameters().stream()
                .map(CommandLine.Model.PositionalParamSpec::paramLabel)
                .filter(label -> label.equalsIgnoreCase(field))
                .findFirst()
                .orElse(field);
    }

    /// The same within a message, whose end says what is wrong.
    private static String shortened(String message) {
        return message.length() <= 600
                ? message
                : message.substring(0, 300) + " … " + message.substring(message.length() - 200);
    }

    /// Nobody reads ten thousand characters again that they have just typed.
    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
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
