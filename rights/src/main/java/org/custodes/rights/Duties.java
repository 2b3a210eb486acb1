package org.custodes.rights;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/// Which duties come together in one person. Who has two of them is refused the second when it is assigned:
/// somebody who runs the machines and watches, or gives rights and reads the log, could do all (DESIGN I8).
public final class Duties {
    private Duties() {}

    /// What the roles of this person bring with them, those too that have ended or are to come.
    public static Set<Right.Duty> of(PolicySnapshot policy, UUID person) {
        var duties = EnumSet.noneOf(Right.Duty.class);
        for (var given : policy.assignments(person)) {
            for (var permit : policy.permits(given.role())) {
                permit.rights().stream()
                        .map(Right::duty)
                        .filter(duty -> duty != Right.Duty.NONE)
                        .forEach(duties::add);
            }
        }
        return duties;
    }

    /// Whether one person may have them all.
    public static boolean goTogether(Set<Right.Duty> duties) {
        return duties.size() <= 1;
    }
}
