package org.custodes.access;

/// How people sign in here.
///
/// @param passwords what a password costs to check
/// @param hashesAtOnce how many passwords are checked at the same time; each takes its memory
/// @param demo whether one-time sign-in links for everybody may be made
public record AccessSettings(PasswordCost passwords, int hashesAtOnce, boolean demo) {

    public AccessSettings {
        if (hashesAtOnce < 1 || hashesAtOnce > 64) {
            throw new IllegalArgumentException(
                    "1 to 64 passwords are checked at once, but got %d".formatted(hashesAtOnce));
        }
    }

    /// What a recorder runs with: 64 MiB and three passes per password, two at once.
    public static AccessSettings usual(boolean demo) {
        return new AccessSettings(PasswordCost.USUAL, 2, demo);
    }
}
