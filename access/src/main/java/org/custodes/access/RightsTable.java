package org.custodes.access;

import static org.custodes.access.Right.ACKNOWLEDGE_ALARMS;
import static org.custodes.access.Right.ARRANGE_WALLS;
import static org.custodes.access.Right.CONFIGURE_CAMERAS;
import static org.custodes.access.Right.CONFIGURE_SITES;
import static org.custodes.access.Right.LIST_CAMERAS;
import static org.custodes.access.Right.LIST_SITES;
import static org.custodes.access.Right.MANAGE_PEOPLE;
import static org.custodes.access.Right.OWN_SESSION;
import static org.custodes.access.Right.PLAY_BACK;
import static org.custodes.access.Right.READ_AUDIT;
import static org.custodes.access.Right.SEE_ALARMS;
import static org.custodes.access.Right.SEE_SYSTEM;
import static org.custodes.access.Right.SEE_TIMELINE;
import static org.custodes.access.Right.WATCH_LIVE;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Which role may do what. What does not stand here is denied. Immutable.
public final class RightsTable {
    private static final RightsTable BUILT_IN =
            new RightsTable(
                    Map.of(
                            Role.SYSTEM_ADMINISTRATOR,
                            EnumSet.of(
                                    OWN_SESSION,
                                    LIST_SITES,
                                    LIST_CAMERAS,
                                    CONFIGURE_SITES,
                                    CONFIGURE_CAMERAS,
                                    SEE_SYSTEM,
                                    SEE_ALARMS,
                                    ACKNOWLEDGE_ALARMS),
                            Role.SECURITY_OFFICER,
                            EnumSet.of(
                                    OWN_SESSION,
                                    LIST_SITES,
                                    LIST_CAMERAS,
                                    MANAGE_PEOPLE,
                                    SEE_ALARMS,
                                    ACKNOWLEDGE_ALARMS),
                            Role.OPERATOR,
                            EnumSet.of(
                                    OWN_SESSION,
                                    LIST_SITES,
                                    LIST_CAMERAS,
                                    WATCH_LIVE,
                                    PLAY_BACK,
                                    SEE_TIMELINE,
                                    ARRANGE_WALLS),
                            Role.DATA_PROTECTION_OFFICER,
                            EnumSet.of(
                                    OWN_SESSION,
                                    LIST_SITES,
                                    LIST_CAMERAS,
                                    READ_AUDIT,
                                    SEE_ALARMS)));

    private final Map<Role, Set<Right>> rights;

    RightsTable(Map<Role, ? extends Set<Right>> rights) {
        var copy = new EnumMap<Role, Set<Right>>(Role.class);
        rights.forEach((role, some) -> copy.put(role, Set.copyOf(some)));
        this.rights = Collections.unmodifiableMap(copy);
    }

    /// The table of this version.
    public static RightsTable builtIn() {
        return BUILT_IN;
    }

    public boolean allows(Role role, Right right) {
        return of(role).contains(right);
    }

    /// Everything that a role may do.
    public Set<Right> of(Role role) {
        return rights.getOrDefault(role, Set.of());
    }

    RightsTable without(Role role, Right right) {
        var less = new EnumMap<Role, Set<Right>>(Role.class);
        rights.forEach((each, some) -> less.put(each, EnumSet.copyOf(some)));
        less.computeIfPresent(
                role,
                (_, some) -> {
                    some.remove(right);
                    return some;
                });
        return new RightsTable(less);
    }
}
