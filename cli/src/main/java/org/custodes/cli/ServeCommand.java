package org.custodes.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.custodes.access.DatabaseAwayException;
import org.custodes.register.AddressRules.Allowance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The real thing: records and serves until it is stopped.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Record cameras and serve them. The first start prints a one-time link by which the"
                        + " first two security officers enrol; there is no default password.")
final class ServeCommand implements Callable<Integer> {
    @Mixin private RecorderOptions options = new RecorderOptions();

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Mixin private DoorOptions door = new DoorOptions();

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}")
    private String listen = "127.0.0.1";

    @Option(
            names = "--allow-cameras-on",
            paramLabel = "WHERE",
            description =
                    "Allow cameras at addresses that are refused otherwise: loopback, link-local.")
    private Set<Reach> reach = EnumSet.noneOf(Reach.class);

    @Option(
            names = "--metrics-token",
            paramLabel = "FILE",
            description =
                    "Answer /metrics to who shows the token in this file (Prometheus:"
                            + " authorization.credentials_file). A file that is not there is made, with a new"
                            + " token. Without this option there are no metrics.")
    private @Nullable Path metricsToken;

    @Option(
            names = "--log",
            defaultValue = "text",
            description =
                    "How the log on standard error is written: text, or json (one object a line)."
                            + " Default: ${DEFAULT-VALUE}")
    private Logs.Form log = Logs.Form.text;

    @Spec private @Nullable CommandSpec spec;

    /// What `--allow-cameras-on` takes.
    enum Reach {
        loopback(Allowance.LOOPBACK),
        link_local(Allowance.LINK_LOCAL);

        private final Allowance allowance;

        Reach(Allowance allowance) {
            this.allowance = allowance;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var port = door.port();
        Logs.write(log);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var folders = Folders.ofThisMachine();
        var data = options.dataOr(folders.data());
        var settings =
                new HouseSettings(
                        data,
                        options.keyCopies(),
                        options.volumes(),
                        options.rootKeyOf(data, folders),
                        false,
                        allowances(),
                        RecorderOptions.address(listen),
                        port,
                        door.name(),
                        database.outside());
        try (var stopping = Stopping.whenAsked();
                var house = House.open(settings)) {
            FirstSite.ensure(house, "First site", "not named yet");
            var started = house.start(Optional.ofNullable(metricsToken).map(MetricsToken::in));
            out.println("Custodes is recording and answers at " + started.address());
            firstOfficers(house, started.address().toString(), out);
            out.flush();
            stopping.await();
        }
        return 0;
    }

    /// Two, for two people: whatever right one gives needs the other's yes.
    private static void firstOfficers(House house, String address, PrintWriter out) {
        try {
            house.access()
                    .firstOfficerLinks()
                    .forEach(link -> {
                        out.println(
                                "Nobody is enrolled yet. A security officer opens this link, once, before %s:"
                                        .formatted(link.expiresAt()));
                        out.println("  " + address + "enrol#" + link.token());
                    });
        } catch (DatabaseAwayException e) {
            // It recorded from the register's sealed copy: to end here would end that too.
            out.println(e.getMessage());
        }
    }

    private Set<Allowance> allowances() {
        var allowed = EnumSet.noneOf(Allowance.class);
        reach.forEach(where -> allowed.add(where.allowance));
        return allowed;
    }
}
