package org.custodes.access;

import org.custodes.audit.Action;
import org.custodes.rights.Right;

/// How somebody looks.
public enum LookKind {
    LIVE("live", Right.WATCH_LIVE, Action.LIVE_OPENED),
    PLAYBACK("playback", Right.PLAY_BACK, Action.PLAYBACK_OPENED);

    private final String code;
    private final Right right;
    private final Action action;

    LookKind(String code, Right right, Action action) {
        this.code = code;
        this.right = right;
        this.action = action;
    }

    /// The word of the API.
    public String code() {
        return code;
    }

    Right right() {
        return right;
    }

    Action action() {
        return action;
    }
}
