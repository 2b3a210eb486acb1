package org.custodes.cli;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.custodes.store.StoreCheck;
import org.custodes.store.StoreSettings;
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
            out.println(
                    "%d packs, %d records, %d of them opened, %.1f MB: %s"
                            .formatted(
                                    report.packs(),
                                    report.records(),
                                    report.opened(),
                                    report.bytes() / 1e6,
                                    report.clean() ? "everything holds." : "something is wrong."));
            out.flush();
            return report.clean() ? 0 : 1;
        }
    }
}
