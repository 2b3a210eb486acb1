package org.custodes.access;

/// What it costs to check one password with Argon2id (RFC 9106).
///
/// @param kibibytes memory, 8 times `lanes` to 1,048,576
/// @param passes over it, 1 to 16
/// @param lanes 1 to 16
public record PasswordCost(int kibibytes, int passes, int lanes) {

    /// 64 MiB, three passes: about 140 ms. OWASP's floor is 19 MiB and two.
    public static final PasswordCost USUAL = new PasswordCost(65_536, 3, 1);

    public PasswordCost {
        if (lanes < 1
                || lanes > 16
                || passes < 1
                || passes > 16
                || kibibytes < 8 * lanes
                || kibibytes > 1_048_576) {
            throw new IllegalArgumentException(
                    "A password costs 1 to 16 passes over 8 KiB times lanes to 1 GiB in 1 to 16 lanes,"
                            + " but got %d, %d KiB, %d".formatted(passes, kibibytes, lanes));
        }
    }
}
