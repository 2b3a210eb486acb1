package org.custodes.access;

/// Something that a role may do. Which role may do which: [RightsTable].
public enum Right {
    /// See oneself and one's rights, sign out, approve the pairing of one's own command line.
    OWN_SESSION("own-session", Reach.SYSTEM),
    LIST_SITES("list-sites", Reach.SYSTEM),
    /// Names, states and purposes of cameras; operators see those that were given to them.
    LIST_CAMERAS("list-cameras", Reach.CAMERA),
    WATCH_LIVE("watch-live", Reach.PICTURES),
    PLAY_BACK("play-back", Reach.PICTURES),
    /// What was recorded when, and why there are gaps.
    SEE_TIMELINE("see-timeline", Reach.CAMERA),
    /// Saved layouts of one's own.
    ARRANGE_WALLS("arrange-walls", Reach.SYSTEM),
    CONFIGURE_SITES("configure-sites", Reach.SYSTEM),
    /// Add, test, change and remove cameras; see their addresses. Not their pictures.
    CONFIGURE_CAMERAS("configure-cameras", Reach.SYSTEM),
    MANAGE_PEOPLE("manage-people", Reach.SYSTEM),
    READ_AUDIT("read-audit", Reach.SYSTEM),
    /// Volumes, database, clock, recording.
    SEE_SYSTEM("see-system", Reach.SYSTEM),
    SEE_ALARMS("see-alarms", Reach.SYSTEM),
    /// Say, on record, that one has seen an alarm and takes it on.
    ACKNOWLEDGE_ALARMS("acknowledge-alarms", Reach.SYSTEM);

    /// What a right is about.
    private enum Reach {
        SYSTEM,
        CAMERA,
        PICTURES
    }

    private final String code;
    private final Reach reach;

    Right(String code, Reach reach) {
        this.code = code;
        this.reach = reach;
    }

    /// The word of the API.
    public String code() {
        return code;
    }

    /// Whether it is used on one camera at a time, and then bound to the cameras of an operator.
    public boolean ofCamera() {
        return reach != Reach.SYSTEM;
    }

    /// Whether pictures leave by it.
    public boolean showsPictures() {
        return reach == Reach.PICTURES;
    }
}
