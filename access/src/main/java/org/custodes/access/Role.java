package org.custodes.access;

import static org.custodes.rights.Right.ACKNOWLEDGE_ALARMS;
import static org.custodes.rights.Right.ARRANGE_WALLS;
import static org.custodes.rights.Right.CONFIGURE_CAMERAS;
import static org.custodes.rights.Right.CONFIGURE_SITES;
import static org.custodes.rights.Right.LIST_CAMERAS;
import static org.custodes.rights.Right.LIST_SITES;
import static org.custodes.rights.Right.MANAGE_PEOPLE;
import static org.custodes.rights.Right.OWN_SESSION;
import static org.custodes.rights.Right.PLAY_BACK;
import static org.custodes.rights.Right.READ_AUDIT;
import static org.custodes.rights.Right.SEE_ALARMS;
import static org.custodes.rights.Right.SEE_SYSTEM;
import static org.custodes.rights.Right.SEE_TIMELINE;
import static org.custodes.rights.Right.WATCH_LIVE;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.rights.Duties;
import org.custodes.rights.Permit;
import org.custodes.rights.Right;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;

/// The roles that the recorder comes with. None of them has everything (DESIGN I8), and what stands in none of
/// them nobody may.
public enum Role {
    /// Cameras, storage, network. Never a picture, never the log.
    SYSTEM_ADMINISTRATOR("system-administrator"),
    /// Gives and takes rights. Never a picture.
    SECURITY_OFFICER("security-officer"),
    /// Watches the cameras that were given to them.
    OPERATOR("operator"),
    /// Alone reads the log.
    DATA_PROTECTION_OFFICER("data-protection-officer");

    private static final Duration HALF_A_YEAR = Duration.ofDays(180);
    private static final Duration QUARTER = Duration.ofDays(90);

    private final String code;

    Role(String code) {
        this.code = code;
    }

    /// The role with this word.
    static Optional<Role> of(RoleId id) {
        return Arrays.stream(values()).filter(role -> role.code.equals(id.code())).findFirst();
    }

    /// What it is called in decisions and tables.
    public RoleId id() {
        return new RoleId(code);
    }

    /// The word of the API.
    public String code() {
        return code;
    }

    Permit permit() {
        return Permit.of(id(), rights(), new Scope.All());
    }

    /// Whether it has this right, under whatever conditions.
    public boolean has(Right right) {
        return rights().contains(right);
    }

    /// What it adds to what everybody may who is here.
    private Set<Right> rights() {
        var rights = EnumSet.of(OWN_SESSION, LIST_SITES, LIST_CAMERAS);
        rights.addAll(
                switch (this) {
                    case SYSTEM_ADMINISTRATOR ->
                            Set.of(
                                    CONFIGURE_SITES,
                                    CONFIGURE_CAMERAS,
                                    SEE_SYSTEM,
                                    SEE_ALARMS,
                                    ACKNOWLEDGE_ALARMS);
                    case SECURITY_OFFICER -> Set.of(MANAGE_PEOPLE, SEE_ALARMS, ACKNOWLEDGE_ALARMS);
                    case OPERATOR -> Set.of(WATCH_LIVE, PLAY_BACK, SEE_TIMELINE, ARRANGE_WALLS);
                    case DATA_PROTECTION_OFFICER -> Set.of(READ_AUDIT, SEE_ALARMS);
                });
        return rights;
    }

    /// It, given to somebody at this moment.
    Held given(Scope on, Instant now) {
        return new Held(UUID.randomUUID(), id(), on, now, Optional.empty(), now.plus(review()));
    }

    /// Whether it shows footage: only then it is given on some cameras and not on all.
    boolean watches() {
        return rights().stream().anyMatch(Right::showsMedia);
    }

    /// Whether one person may have both.
    static boolean goTogether(RoleId one, RoleId other) {
        return Duties.goTogether(
                Stream.of(one, other)
                        .flatMap(role -> of(role).stream())
                        .flatMap(role -> role.rights().stream())
                        .map(Right::duty)
                        .filter(duty -> duty != Right.Duty.NONE)
                        .collect(Collectors.toSet()));
    }

    /// How long somebody has it before somebody has to say that it is still needed (PRIVACY section 6): rights that
    /// change what others may, or what is recorded, are looked at more often.
    Duration review() {
        return rights().stream().map(Right::duty).anyMatch(Role::weighs) ? QUARTER : HALF_A_YEAR;
    }

    private static boolean weighs(Right.Duty duty) {
        return duty == Right.Duty.RUNNING || duty == Right.Duty.GRANTING;
    }
}
