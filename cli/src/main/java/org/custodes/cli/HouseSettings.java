package org.custodes.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.custodes.register.AddressRules;
import org.custodes.vault.RootKey;

/// What a recorder is started with.
///
/// @param data the data folder
/// @param keyCopies further places of the key store, beside the one in the data folder
/// @param volumes further places of footage, beside the one in the data folder
/// @param rootKey the key above the key store
/// @param demo whether this is the demonstration
/// @param cameraAddresses what cameras may be at beyond the ordinary
/// @param listen the address to listen on
/// @param port 0 takes a free one
/// @param name the one name of the server
/// @param outsideDatabase a PostgreSQL that somebody else runs; empty starts our own
record HouseSettings(
        Path data,
        List<Path> keyCopies,
        List<Path> volumes,
        RootKey rootKey,
        boolean demo,
        Set<AddressRules.Allowance> cameraAddresses,
        InetAddress listen,
        int port,
        String name,
        Optional<OutsideDatabase> outsideDatabase) {

    HouseSettings {
        keyCopies = List.copyOf(keyCopies);
        volumes = List.copyOf(volumes);
        cameraAddresses = Set.copyOf(cameraAddresses);
    }

    /// A PostgreSQL that somebody else runs.
    record OutsideDatabase(String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return "PostgreSQL of %s, its password kept back".formatted(user);
        }
    }
}
