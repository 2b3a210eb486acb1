package org.custodes.cli;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.custodes.store.StoreCheck;
import org.custodes.store.StoreSettings;
import org.custodes.vault.CopyState;
import org.custodes.vault.Vault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Proves every invariant of the store, with the recorder stopped.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Prove every invariant of what is stored: packs, records, keys, catalogue. The recorder must"
                        + " be stopped. Exit code 1 if anything is wrong.")
final class CheckCommand implements Callable<Integer> {
    private static final String KEYS_NEXT_STEP =
            "  Restore this copy of the key store from a backup of the same epoch; without it, what was sealed"
                    + " under these keys does not open. Everything else plays.";

    @Mixin private RecorderOptions options = new RecorderOptions();

    @Option(
            names = "--repair",
            description = "End torn packs at their last whole record and rebuild the catalogue.")
    private boolean repair;

    @Option(names = "--demo", description = "Check the demonstration's data folder.")
    private boolean demo;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var folders = Folders.ofThisMachine();
        var path = options.dataOr(demo ? folders.demoData() : folders.data());
        if (!DataFolder.exists(path)) {
            throw new CannotStartException(
                    "There is no data folder of Custodes at %s. Say where it is with --data."
                            .formatted(path));
        }
        try (var folder = DataFolder.openExisting(path);
                var vault =
                        Vault.open(
                                folder.keyStores(options.keyCopies()),
                                options.rootKeyOf(path, folders),
                                new SecureRandom())) {
            var report =
                    StoreCheck.run(
                            StoreSettings.of(
                                    folder.volumes(options.volumes()), vault.installation()),
                            Optional.of(vault),
                            repair);
            for (var finding : report.findings()) {
                out.println("%s: %s".formatted(finding.file(), finding.what()));
                out.println(finding.repaired() ? "  mended" : "  " + finding.nextStep());
            }
            var keysHold = proveKeys(vault, out);
            out.println(
                    "%d packs, %d records, %d of them opened, %.1f MB: %s"
                            .formatted(
                                    report.packs(),
                                    report.records(),
                                    report.opened(),
                                    report.bytes() / 1e6,
                                    report.clean() && keysHold
                                            ? "everything holds."
                                            : "something is wrong."));
            out.flush();
            return report.clean() && keysHold ? 0 : 1;
        }
    }

    /// Tells what opening the key store has mended, and what is wrong with it now.
    ///
    /// @return whether every copy is whole
    private static boolean proveKeys(Vault vault, PrintWriter out) {
        for (var copy : vault.copies()) {
            copy.told()
                    .ifPresent(told -> {
                        out.println("%s: %s".formatted(copy.place(), told));
                        out.println(copy.turned() ? "  mended" : KEYS_NEXT_STEP);
                    });
        }
        var faults = vault.check().faults();
        for (var fault : faults) {
            out.println(fault);
            out.println(KEYS_NEXT_STEP);
        }
        return faults.isEmpty() && vault.copies().stream().allMatch(CopyState::turned);
    }
}
