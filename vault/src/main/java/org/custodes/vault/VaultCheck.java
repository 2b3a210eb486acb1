package org.custodes.vault;

import java.util.ArrayList;
import java.util.List;

/// What reading the whole key store again has shown.
///
/// @param epoch the current epoch
/// @param copies how many copies were read
/// @param partitions how many partitions each should have
/// @param trees how many trees are in them
/// @param names how many named keys
/// @param faults what is wrong, one sentence each; what is at fault in a copy is renewed by the next start
///     as long as it is whole in another
public record VaultCheck(
        long epoch, int copies, int partitions, int trees, int names, List<String> faults) {

    public VaultCheck {
        faults = List.copyOf(faults);
    }

    VaultCheck with(List<String> more) {
        var all = new ArrayList<>(faults);
        all.addAll(more);
        return new VaultCheck(epoch, copies, partitions, trees, names, all);
    }

    public boolean clean() {
        return faults.isEmpty();
    }
}
