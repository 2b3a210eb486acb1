package org.custodes.rights;

import java.util.Arrays;
import java.util.Optional;

/// Something that a role may do: what XProtect and Mirasys tell apart by role, and what this house adds.
public enum Right {
    /// See oneself, one's rights and what is kept of oneself; sign out; pair one's own command line.
    OWN_SESSION("own-session", Reach.NOTHING, Duty.NONE),
    LIST_SITES("list-sites", Reach.NOTHING, Duty.NONE),
    /// Names, states and purposes of cameras.
    LIST_CAMERAS("list-cameras", Reach.CAMERA, Duty.NONE),
    ARRANGE_WALLS("arrange-walls", Reach.NOTHING, Duty.NONE),

    WATCH_LIVE("watch-live", Reach.MEDIA, Duty.WATCHING),
    PLAY_BACK("play-back", Reach.MEDIA, Duty.WATCHING),
    HEAR_LIVE("hear-live", Reach.MEDIA, Duty.WATCHING),
    HEAR_RECORDED("hear-recorded", Reach.MEDIA, Duty.WATCHING),
    SEE_METADATA("see-metadata", Reach.MEDIA, Duty.WATCHING),
    /// What was recorded when, and why there are gaps.
    SEE_TIMELINE("see-timeline", Reach.CAMERA, Duty.NONE),
    SEARCH_MOTION("search-motion", Reach.MEDIA, Duty.WATCHING),
    SEARCH_OBJECTS("search-objects", Reach.MEDIA, Duty.WATCHING),
    /// Look behind a mask that may be lifted.
    LIFT_MASK("lift-mask", Reach.MEDIA, Duty.WATCHING),
    TAKE_SNAPSHOT("take-snapshot", Reach.MEDIA, Duty.WATCHING),
    /// See footage whose processing was restricted (GDPR Article 18).
    SEE_RESTRICTED("see-restricted", Reach.MEDIA, Duty.WATCHING),
    /// Take, for a while, what was given for emergencies and gives nothing until then.
    TAKE_EMERGENCY("take-emergency", Reach.NOTHING, Duty.WATCHING),

    MOVE_CAMERA("move-camera", Reach.CAMERA, Duty.WATCHING),
    USE_PRESETS("use-presets", Reach.CAMERA, Duty.WATCHING),
    EDIT_PRESETS("edit-presets", Reach.CAMERA, Duty.WATCHING),
    /// Keep others from moving it, and end that.
    LOCK_PRESETS("lock-presets", Reach.CAMERA, Duty.WATCHING),
    RUN_PATROLS("run-patrols", Reach.CAMERA, Duty.WATCHING),
    EDIT_PATROLS("edit-patrols", Reach.CAMERA, Duty.WATCHING),
    RECORD_BY_HAND("record-by-hand", Reach.CAMERA, Duty.WATCHING),
    TRIGGER_EVENTS("trigger-events", Reach.CAMERA, Duty.WATCHING),

    SEE_BOOKMARKS("see-bookmarks", Reach.CAMERA, Duty.WATCHING),
    MAKE_BOOKMARKS("make-bookmarks", Reach.CAMERA, Duty.WATCHING),
    EDIT_BOOKMARKS("edit-bookmarks", Reach.CAMERA, Duty.WATCHING),
    DELETE_BOOKMARKS("delete-bookmarks", Reach.CAMERA, Duty.WATCHING),
    SEE_HOLDS("see-holds", Reach.CAMERA, Duty.NONE),
    MAKE_HOLDS("make-holds", Reach.CAMERA, Duty.WATCHING),
    CHANGE_HOLDS("change-holds", Reach.CAMERA, Duty.WATCHING),
    END_HOLDS("end-holds", Reach.CAMERA, Duty.WATCHING),
    EXPORT("export", Reach.MEDIA, Duty.WATCHING),
    ERASE("erase", Reach.CAMERA, Duty.NONE),
    RESTRICT("restrict", Reach.CAMERA, Duty.NONE),

    /// Add, test, change and remove cameras; see their addresses. Not their pictures.
    CONFIGURE_CAMERAS("configure-cameras", Reach.NOTHING, Duty.RUNNING),
    /// Remove a camera that footage is kept of.
    REMOVE_RECORDED_CAMERA("remove-recorded-camera", Reach.CAMERA, Duty.RUNNING),
    CONFIGURE_SITES("configure-sites", Reach.NOTHING, Duty.RUNNING),
    /// Make groups of cameras, name them, fill them and remove them. What changes by that who may see what is for whoever
    /// gives rights.
    ARRANGE_GROUPS("arrange-groups", Reach.NOTHING, Duty.NONE),
    CONFIGURE_SERVERS("configure-servers", Reach.NOTHING, Duty.RUNNING),
    CONFIGURE_PROFILES("configure-profiles", Reach.NOTHING, Duty.RUNNING),
    CONFIGURE_RULES("configure-rules", Reach.NOTHING, Duty.RUNNING),
    CONFIGURE_MASKS("configure-masks", Reach.CAMERA, Duty.NONE),
    CONFIGURE_RETENTION("configure-retention", Reach.CAMERA, Duty.NONE),
    /// Volumes, database, clock, recording.
    SEE_SYSTEM("see-system", Reach.NOTHING, Duty.NONE),
    SEE_ALARMS("see-alarms", Reach.NOTHING, Duty.NONE),
    /// Say, on record, that one has seen an alarm and takes it on.
    ACKNOWLEDGE_ALARMS("acknowledge-alarms", Reach.NOTHING, Duty.NONE),
    /// Root keys, backups of the key store.
    OPERATE_KEYS("operate-keys", Reach.NOTHING, Duty.RUNNING),

    /// Invite, remove, and give back to those who lost what they sign in with.
    MANAGE_PEOPLE("manage-people", Reach.NOTHING, Duty.GRANTING),
    /// Roles and who has them.
    MANAGE_RIGHTS("manage-rights", Reach.NOTHING, Duty.GRANTING),
    /// Let somebody in, and propose that somebody gets more, or keeps what they have.
    PROPOSE_RIGHTS("propose-rights", Reach.NOTHING, Duty.GRANTING),
    /// Give somebody more than they had.
    WIDEN_RIGHTS("widen-rights", Reach.NOTHING, Duty.GRANTING),
    /// Who may see what, without changing it.
    SEE_RIGHTS("see-rights", Reach.NOTHING, Duty.NONE),
    /// See what others took in an emergency and why, and say afterwards what is to be said of it.
    REVIEW_EMERGENCIES("review-emergencies", Reach.NOTHING, Duty.NONE),

    READ_AUDIT("read-audit", Reach.NOTHING, Duty.OVERSEEING),
    EXPORT_AUDIT("export-audit", Reach.NOTHING, Duty.OVERSEEING),
    SEE_LIFTS("see-lifts", Reach.NOTHING, Duty.OVERSEEING),

    // The second person's yes, each for its own kind of act.
    APPROVE_RIGHTS("approve-rights", Reach.NOTHING, Duty.NONE),
    APPROVE_PLAYBACK("approve-playback", Reach.CAMERA, Duty.NONE),
    APPROVE_LIFT("approve-lift", Reach.CAMERA, Duty.NONE),
    APPROVE_EXPORT("approve-export", Reach.CAMERA, Duty.NONE),
    APPROVE_ERASURE("approve-erasure", Reach.CAMERA, Duty.NONE),
    APPROVE_REMOVAL("approve-removal", Reach.CAMERA, Duty.NONE),
    APPROVE_MASKS("approve-masks", Reach.CAMERA, Duty.NONE),
    APPROVE_RETENTION("approve-retention", Reach.CAMERA, Duty.NONE);

    /// What a request for a right has to name.
    public enum Reach {
        NOTHING,
        CAMERA,
        /// A camera, a class, and from when to when: pictures, sound or what was made of them.
        MEDIA
    }

    /// What one person may not have two of: who runs the machines, who gives rights, who reads the log and
    /// who watches are four people (DESIGN I8).
    public enum Duty {
        NONE,
        WATCHING,
        RUNNING,
        GRANTING,
        OVERSEEING
    }

    private final String code;
    private final Reach reach;
    private final Duty duty;

    Right(String code, Reach reach, Duty duty) {
        this.code = code;
        this.reach = reach;
        this.duty = duty;
    }

    /// The right with this word.
    public static Optional<Right> of(String code) {
        return Arrays.stream(values()).filter(right -> right.code.equals(code)).findFirst();
    }

    /// The word of the API and of the tables.
    public String code() {
        return code;
    }

    /// What nobody may have together with another of them.
    public Duty duty() {
        return duty;
    }

    /// Whether it is used on one camera at a time.
    public boolean ofCamera() {
        return reach != Reach.NOTHING;
    }

    /// Whether footage leaves by it.
    public boolean showsMedia() {
        return reach == Reach.MEDIA;
    }

    /// Whether it is about footage of the past, and has to say of when.
    public boolean looksBack() {
        return switch (this) {
            case PLAY_BACK, HEAR_RECORDED, SEARCH_MOTION, SEARCH_OBJECTS, EXPORT -> true;
            default -> false;
        };
    }

    /// Whether it is a yes to what somebody else asked.
    public boolean approves() {
        return switch (this) {
            case APPROVE_RIGHTS,
                    APPROVE_PLAYBACK,
                    APPROVE_LIFT,
                    APPROVE_EXPORT,
                    APPROVE_ERASURE,
                    APPROVE_REMOVAL,
                    APPROVE_MASKS,
                    APPROVE_RETENTION ->
                    true;
            default -> false;
        };
    }

    /// Whether somebody may use it only on what is not their own affair: rights of others, requests of
    /// others, what others configured or took in an emergency.
    public boolean impartial() {
        return approves() || duty == Duty.GRANTING || this == REVIEW_EMERGENCIES;
    }

    /// What a role for emergencies never has, whatever a rule of it says: export, erasure, the log, rights, and to
    /// prolong itself.
    public boolean neverInEmergency() {
        return switch (this) {
            case EXPORT, ERASE, RESTRICT, SEE_RESTRICTED, LIFT_MASK, OPERATE_KEYS, TAKE_EMERGENCY ->
                    true;
            default -> impartial() || duty == Duty.OVERSEEING || duty == Duty.RUNNING;
        };
    }

    /// Whether whoever uses it has to have proved a moment before who they are, however long ago they signed in
    /// (PRIVACY section 8): what leaves the house or cannot be taken back, and what the log knows of people. To widen a
    /// right is proposed first, and approved by a proof of its own.
    public boolean needsFreshProof() {
        return switch (this) {
            case EXPORT,
                    LIFT_MASK,
                    ERASE,
                    CONFIGURE_MASKS,
                    CONFIGURE_RETENTION,
                    OPERATE_KEYS,
                    PROPOSE_RIGHTS,
                    READ_AUDIT,
                    EXPORT_AUDIT,
                    SEE_LIFTS ->
                    true;
            default -> false;
        };
    }

    /// Whether it remains when training has run out.
    public boolean withoutTraining() {
        return this == OWN_SESSION;
    }
}
