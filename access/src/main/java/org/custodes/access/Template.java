package org.custodes.access;

import static org.custodes.rights.Right.ACKNOWLEDGE_ALARMS;
import static org.custodes.rights.Right.APPROVE_PLAYBACK;
import static org.custodes.rights.Right.APPROVE_REMOVAL;
import static org.custodes.rights.Right.APPROVE_RIGHTS;
import static org.custodes.rights.Right.ARRANGE_GROUPS;
import static org.custodes.rights.Right.ARRANGE_WALLS;
import static org.custodes.rights.Right.CONFIGURE_CAMERAS;
import static org.custodes.rights.Right.CONFIGURE_SITES;
import static org.custodes.rights.Right.LIST_CAMERAS;
import static org.custodes.rights.Right.LIST_SITES;
import static org.custodes.rights.Right.MANAGE_PEOPLE;
import static org.custodes.rights.Right.MANAGE_RIGHTS;
import static org.custodes.rights.Right.OWN_SESSION;
import static org.custodes.rights.Right.PLAY_BACK;
import static org.custodes.rights.Right.PROPOSE_RIGHTS;
import static org.custodes.rights.Right.READ_AUDIT;
import static org.custodes.rights.Right.REMOVE_RECORDED_CAMERA;
import static org.custodes.rights.Right.REVIEW_EMERGENCIES;
import static org.custodes.rights.Right.SEE_ALARMS;
import static org.custodes.rights.Right.SEE_RIGHTS;
import static org.custodes.rights.Right.SEE_SYSTEM;
import static org.custodes.rights.Right.SEE_TIMELINE;
import static org.custodes.rights.Right.TAKE_EMERGENCY;
import static org.custodes.rights.Right.WATCH_LIVE;
import static org.custodes.rights.Right.WIDEN_RIGHTS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.custodes.rights.Permit;
import org.custodes.rights.Right;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;

/// What roles are made from: one of these as it is, or one narrowed by [Limits]. None of them has everything
/// (DESIGN I8), and what stands in none of them nobody may.
public enum Template {
    /// Cameras, storage, network. Never a picture, never the log.
    SYSTEM_ADMINISTRATOR("system-administrator"),
    /// Gives and takes rights. Never a picture.
    SECURITY_OFFICER("security-officer"),
    /// Watches the cameras that were given to them.
    OPERATOR("operator"),
    /// Watches as operators do, and says yes to what they may not alone.
    SUPERVISOR("supervisor"),
    /// Looks back, for a case.
    INVESTIGATOR("investigator"),
    /// Reads the log, and watches over what the law asks.
    DATA_PROTECTION_OFFICER("data-protection-officer"),
    /// Reads the log.
    AUDITOR("auditor"),
    /// Puts cameras up, for a few days. Never a picture.
    INSTALLER("installer"),
    /// Watches for an hour, when it is taken; until then it gives nothing (see [Emergencies]).
    EMERGENCY("emergency");

    private static final Duration LONGEST_INSTALLATION = Duration.ofDays(30);

    private static final Duration HALF_A_YEAR = Duration.ofDays(180);
    private static final Duration QUARTER = Duration.ofDays(90);

    private final String code;

    Template(String code) {
        this.code = code;
    }

    /// The template with this word.
    static Optional<Template> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }

    /// It as it is.
    Role role() {
        return new Role(id(), code, this, needsCase() ? Limits.FOR_A_CASE : Limits.NONE);
    }

    /// What it is called in decisions and tables as it is.
    public RoleId id() {
        return new RoleId(code);
    }

    /// The word of the API.
    public String code() {
        return code;
    }

    /// Whether whoever has it sits at one workstation at a time: a picture wall that was left behind, signed in, is
    /// nobody's.
    boolean hasOneWorkstation() {
        return this == OPERATOR;
    }

    /// Whether a case has to be named for every look, however a role of this template is narrowed.
    boolean needsCase() {
        return this == INVESTIGATOR;
    }

    /// What a role of this template may do: what shows footage within the limits, the rest whenever; and what needs a
    /// fresh proof, with one.
    List<Permit> permits(RoleId role, Limits limits) {
        var permits = new ArrayList<Permit>();
        permits.add(Permit.of(role, rights(false, false), new Scope.All()));
        some(role, rights(false, true))
                .map(proved -> proved.ifProvedWithin(Proofs.FRESH))
                .ifPresent(permits::add);
        helped().ifPresent(right ->
                permits.add(Permit.of(role, Set.of(right), new Scope.All()).ifApprovedBy(1)));
        some(role, rights(true, false)).map(limits::on).ifPresent(permits::add);
        some(role, rights(true, true))
                .map(proved -> limits.on(proved).ifProvedWithin(Proofs.FRESH))
                .ifPresent(permits::add);
        if (limits.ofAge()) {
            permits.add(limits.beyond(Permit.of(role, Set.of(PLAY_BACK), new Scope.All())));
        }
        return permits;
    }

    private Set<Right> rights(boolean showMedia, boolean needProof) {
        var some = rights();
        some.removeIf(
                right -> right.showsMedia() != showMedia || right.needsFreshProof() != needProof);
        return some;
    }

    private static Optional<Permit> some(RoleId role, Set<Right> rights) {
        return rights.isEmpty()
                ? Optional.empty()
                : Optional.of(Permit.of(role, rights, new Scope.All()));
    }

    /// Whether it has this right, under whatever conditions.
    public boolean has(Right right) {
        return rights().contains(right) || helped().filter(right::equals).isPresent();
    }

    /// What it may do only if somebody else says yes.
    private Optional<Right> helped() {
        return switch (this) {
            case SECURITY_OFFICER -> Optional.of(WIDEN_RIGHTS);
            case SYSTEM_ADMINISTRATOR, INSTALLER -> Optional.of(REMOVE_RECORDED_CAMERA);
            default -> Optional.empty();
        };
    }

    /// What it adds to what everybody may who is here.
    private Set<Right> rights() {
        var rights = EnumSet.of(OWN_SESSION, LIST_SITES);
        // Not even which cameras there are, until it is taken.
        if (this != EMERGENCY) {
            rights.add(LIST_CAMERAS);
        }
        rights.addAll(
                switch (this) {
                    case SYSTEM_ADMINISTRATOR ->
                            Set.of(
                                    CONFIGURE_SITES,
                                    ARRANGE_GROUPS,
                                    CONFIGURE_CAMERAS,
                                    SEE_SYSTEM,
                                    SEE_ALARMS,
                                    ACKNOWLEDGE_ALARMS);
                    case SECURITY_OFFICER ->
                            Set.of(
                                    MANAGE_PEOPLE,
                                    MANAGE_RIGHTS,
                                    PROPOSE_RIGHTS,
                                    ARRANGE_GROUPS,
                                    APPROVE_RIGHTS,
                                    SEE_RIGHTS,
                                    REVIEW_EMERGENCIES,
                                    SEE_ALARMS,
                                    ACKNOWLEDGE_ALARMS);
                    case OPERATOR -> Set.of(WATCH_LIVE, PLAY_BACK, SEE_TIMELINE, ARRANGE_WALLS);
                    case SUPERVISOR ->
                            Set.of(
                                    WATCH_LIVE,
                                    PLAY_BACK,
                                    SEE_TIMELINE,
                                    ARRANGE_WALLS,
                                    SEE_ALARMS,
                                    ACKNOWLEDGE_ALARMS,
                                    APPROVE_PLAYBACK,
                                    APPROVE_REMOVAL);
                    case INVESTIGATOR -> Set.of(PLAY_BACK, SEE_TIMELINE);
                    case AUDITOR -> Set.of(READ_AUDIT, SEE_RIGHTS, REVIEW_EMERGENCIES);
                    case INSTALLER -> Set.of(CONFIGURE_CAMERAS, SEE_ALARMS);
                    case DATA_PROTECTION_OFFICER ->
                            Set.of(READ_AUDIT, SEE_RIGHTS, REVIEW_EMERGENCIES, SEE_ALARMS);
                    case EMERGENCY -> Set.of(TAKE_EMERGENCY);
                });
        return rights;
    }

    /// Whether it shows footage: then it can be narrowed.
    boolean watches() {
        return rights().stream().anyMatch(Right::showsMedia);
    }

    /// Whether it is given on some cameras and not on all: it shows footage, or will when it is taken.
    boolean isOfCameras() {
        return watches() || this == EMERGENCY;
    }

    /// What of this nobody may have beside another duty.
    Set<Right.Duty> duties() {
        return rights().stream()
                .map(Right::duty)
                .filter(duty -> duty != Right.Duty.NONE)
                .collect(Collectors.toSet());
    }

    /// How long it may be given at most; empty: without an end.
    Optional<Duration> longest() {
        return this == INSTALLER ? Optional.of(LONGEST_INSTALLATION) : Optional.empty();
    }

    /// How long somebody has it before somebody has to say that it is still needed (PRIVACY section 6): rights that
    /// change what others may, or what is recorded, are looked at more often, and so is what nobody sees being used.
    Duration review() {
        return this == EMERGENCY || rights().stream().map(Right::duty).anyMatch(Template::weighs)
                ? QUARTER
                : HALF_A_YEAR;
    }

    private static boolean weighs(Right.Duty duty) {
        return duty == Right.Duty.RUNNING || duty == Right.Duty.GRANTING;
    }
}
