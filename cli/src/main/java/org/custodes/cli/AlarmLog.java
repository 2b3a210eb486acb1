package org.custodes.cli;

import java.util.LinkedHashMap;
import java.util.logging.Level;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind.Severity;
import org.custodes.signals.Signals;

/// Has every alarm in the program's log too, under names that do not change: when nobody looks at the
/// console, a log collector does. A change of its figures is no event.
final class AlarmLog {
    private AlarmLog() {}

    static void listen(Signals signals) {
        signals.listen(AlarmLog::tell).forEach(AlarmLog::raised);
    }

    private static void tell(Signals.Change change) {
        switch (change) {
            case Signals.Change.Raised(var alarm) -> raised(alarm);
            case Signals.Change.Changed _ -> {}
            case Signals.Change.Ended(var alarm, var _) ->
                    Logs.event(Level.INFO, event("alarm.ended", alarm), "Ended: " + alarm.cause());
        }
    }

    private static void raised(Alarm alarm) {
        var level = alarm.fault().severity() == Severity.CRITICAL ? Level.SEVERE : Level.WARNING;
        Logs.event(level, event("alarm.raised", alarm), alarm.cause() + " " + alarm.nextStep());
    }

    private static Logs.LogEvent event(String name, Alarm alarm) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("kind", alarm.kind());
        fields.put("severity", alarm.fault().severity().code());
        fields.put("subject", alarm.subject());
        fields.put("since", alarm.since().toString());
        return new Logs.LogEvent(name, fields);
    }
}
