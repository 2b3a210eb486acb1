package org.custodes.chaos;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;

/// Where things lie on a simulated machine.
final class Machine {
    /// Stands in every made frame: no file may ever hold it.
    static final byte[] CLEAR_TEXT = "a picture in the clear".getBytes(StandardCharsets.US_ASCII);

    private static final UUID RECORDER = UUID.fromString("00000000-0000-4000-8000-0000000000aa");
    private static final int QUEUE = 4 << 20;

    private Machine() {}

    /// @param copies of the key store
    static Vault vault(SimulatedDisk disk, int copies, SecureRandom random, long epoch) {
        var places = List.of(disk.path("data/keys"), disk.path("spare/keys")).subList(0, copies);
        return Vault.open(places, RootKey.file(rootKey(disk)), random, epoch);
    }

    private static Path rootKey(SimulatedDisk disk) {
        return disk.path("etc/custodes/root.key");
    }

    static StoreSettings settings(SimulatedDisk disk) {
        return StoreSettings.of(List.of(disk.path("data/volume")), RECORDER)
                .withReserve(0)
                .withQueue(QUEUE);
    }
}
