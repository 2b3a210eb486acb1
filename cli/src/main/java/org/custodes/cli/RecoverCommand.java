package org.custodes.cli;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The way back when no security officer can sign in any more: for whoever has the machine and the root key.
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description =
                "Let a security officer in anew, with the recorder stopped: what they signed in with opens nothing"
                        + " any more, and a link is printed by which they enrol. It stands in the log, and the"
                        + " sign-in page and an alarm tell everybody for a week.")
final class RecoverCommand implements Callable<Integer> {
    @Mixin private RecorderOptions options = new RecorderOptions();

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Mixin private DoorOptions door = new DoorOptions();

    @Option(
            names = "--officer",
            paramLabel = "NAME",
            description = "Which security officer; needed if there are several.")
    private @Nullable String officer;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var port = door.port();
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var folders = Folders.ofThisMachine();
        var data = options.dataOr(folders.data());
        if (!DataFolder.exists(data)) {
            throw new CannotStartException(
                    "There is no data folder of Custodes at %s. Say where it is with --data."
                            .formatted(data));
        }
        var settings =
                new HouseSettings(
                        data,
                        options.keyCopies(),
                        options.volumes(),
                        options.rootKeyOf(data, folders),
                        false,
                        Set.of(),
                        RecorderOptions.address("127.0.0.1"),
                        port,
                        door.name(),
                        database.outside());
        try (var house = House.open(settings)) {
            var wanted = wanted(house.access().officers());
            var link =
                    house.access()
                            .recoverOfficer(wanted)
                            .orElseThrow(() -> unknown(wanted, house.access().officers()));
            out.println(
                    "%s can sign in with nothing that they had. Start the recorder, and let them open this link, once, before %s:"
                            .formatted(Plain.text(wanted), link.expiresAt()));
            out.println("  https://%s:%d/enrol#%s".formatted(door.name(), port, link.token()));
            out.println(
                    "This stands in the log; the sign-in page and the alarm officer.recovered tell it for a week.");
        }
        return 0;
    }

    private String wanted(List<String> officers) {
        if (officer != null) {
            return officer;
        }
        if (officers.isEmpty()) {
            throw new CannotStartException(
                    "Nobody is a security officer here yet. `custodes serve` prints the links of the first two.");
        }
        if (officers.size() > 1) {
            throw new CannotStartException(
                    "There are %d security officers. Say which with --officer: %s."
                            .formatted(officers.size(), listed(officers)));
        }
        return officers.getFirst();
    }

    private static CannotStartException unknown(String wanted, List<String> officers) {
        return new CannotStartException(
                "No security officer is called '%s'. There are: %s."
                        .formatted(Plain.text(wanted), listed(officers)));
    }

    private static String listed(List<String> officers) {
        return Plain.text(String.join(", ", officers));
    }
}
