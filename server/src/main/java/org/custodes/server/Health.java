package org.custodes.server;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.custodes.signals.AlarmHistory;
import org.custodes.signals.AlarmKind.Part;
import org.custodes.signals.AlarmKind.Severity;

/// How the recorder's parts are, made of the alarms that stand. Everybody is told whether it is well; what
/// fails is for who shows the scraper's token: an intruder need not learn that the cameras are away.
final class Health {
    /// Parts whose failure is the recorder's own. A camera that is away is a fault of that camera (I11):
    /// whoever restarts or replaces a recorder for it does harm.
    private static final Set<Part> OWN = EnumSet.complementOf(EnumSet.of(Part.CAMERAS));

    /// How a part is.
    enum State {
        WELL,
        WARNED,
        FAILING
    }

    /// What a stranger is told.
    ///
    /// @param status `well` or `failing`
    record Word(String status) {}

    /// What who shows the token is told.
    ///
    /// @param status of the whole: `failing` if a part of the recorder itself is
    /// @param parts each with `well`, `warned` or `failing`
    record View(String status, Map<String, String> parts) {

        boolean isWell() {
            return !status.equals(Json.word(State.FAILING));
        }

        Word inAWord() {
            return new Word(Json.word(isWell() ? State.WELL : State.FAILING));
        }
    }

    private final AlarmHistory alarms;

    Health(AlarmHistory alarms) {
        this.alarms = alarms;
    }

    View view() {
        var states = states();
        var parts = new TreeMap<String, String>();
        states.forEach((part, state) -> parts.put(part.code(), Json.word(state)));
        return new View(Json.word(whole(states)), parts);
    }

    private static State whole(Map<Part, State> states) {
        var worst = State.WELL;
        for (var part : states.entrySet()) {
            var state = part.getValue();
            var counted =
                    state == State.FAILING && !OWN.contains(part.getKey()) ? State.WARNED : state;
            worst = counted.compareTo(worst) > 0 ? counted : worst;
        }
        return worst;
    }

    private Map<Part, State> states() {
        var states = new EnumMap<Part, State>(Part.class);
        for (var part : Part.values()) {
            states.put(part, State.WELL);
        }
        for (var episode : alarms.standing()) {
            var kind = episode.alarm().fault();
            var state = kind.severity() == Severity.CRITICAL ? State.FAILING : State.WARNED;
            states.merge(kind.part(), state, (one, two) -> one.compareTo(two) > 0 ? one : two);
        }
        return states;
    }
}
