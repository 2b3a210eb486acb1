package org.custodes.store;

import java.nio.file.Path;
import java.util.List;

/// What [StoreCheck] found.
///
/// @param findings everything that is not as it should be; empty if all is well
/// @param packs that were read
/// @param records that were read
/// @param opened records that were opened with the keys, 0 if none were given
/// @param bytes of packs
/// @param repaired findings that were mended
public record CheckReport(
        List<Finding> findings, long packs, long records, long opened, long bytes, long repaired) {

    /// One thing that is not as it should be.
    ///
    /// @param file where
    /// @param kind a fixed word such as `pack.torn`
    /// @param what what was found, with the values
    /// @param nextStep what a person does about it
    /// @param repaired whether it was mended
    public record Finding(Path file, String kind, String what, String nextStep, boolean repaired) {}

    public CheckReport {
        findings = List.copyOf(findings);
    }

    /// Whether nothing is left to mend.
    public boolean clean() {
        return findings.stream().allMatch(Finding::repaired);
    }
}
