package org.custodes.vault;

/// What guessing a passphrase once costs (RFC 9106).
///
/// @param mebibytes memory, 1 to 1024 MiB
/// @param passes 1 to 16
/// @param lanes 1 to 16
public record Argon2Cost(int mebibytes, int passes, int lanes) {
    /// 256 MiB, 3 passes, 4 lanes: about a second at every start of the service.
    public static final Argon2Cost STANDARD = new Argon2Cost(256, 3, 4);

    /// The upper bounds hold for what a root file says, too: opening a forged one costs 1 GiB at most.
    public Argon2Cost {
        if (mebibytes < 1
                || mebibytes > 1024
                || passes < 1
                || passes > 16
                || lanes < 1
                || lanes > 16) {
            throw new IllegalArgumentException(
                    "Argon2 takes 1 to 1024 MiB, 1 to 16 passes, 1 to 16 lanes, but got %d, %d, %d"
                            .formatted(mebibytes, passes, lanes));
        }
    }
}
