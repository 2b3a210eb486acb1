package org.custodes.server;

import org.custodes.access.Access;
import org.custodes.audit.AuditLog;
import org.custodes.capture.Capture;
import org.custodes.capture.ConnectionTest;
import org.custodes.keeping.Keeping;
import org.custodes.register.Register;
import org.custodes.signals.AlarmHistory;
import org.custodes.viewing.Viewing;

/// The other rooms, ready made, as the server is handed them. It closes none of them.
public record Rooms(
        AlarmHistory alarms,
        AuditLog audit,
        Register register,
        Access access,
        Capture capture,
        ConnectionTest connectionTest,
        Keeping keeping,
        Viewing viewing,
        SystemFacts facts) {}
