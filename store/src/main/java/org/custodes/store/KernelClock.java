package org.custodes.store;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Asks the kernel whether a time service holds this machine's clock: `adjtimex(2)`, which changes
/// nothing when no mode is set. Whichever service it is (chrony, ntpd, timesyncd, PTP), the kernel
/// knows by its STA_UNSYNC flag, which comes back by itself when the service falls silent for long.
@SuppressWarnings("restricted") // calling libc is this class's whole purpose
public final class KernelClock {
    /// `TIME_ERROR` of adjtimex(2): not synchronised.
    private static final int NOT_SYNCHRONISED = 5;

    /// More than `struct timex` has on any machine (208 bytes on 64 bits).
    private static final int ROOM = 512;

    private final @Nullable MethodHandle adjtimex;

    private KernelClock(@Nullable MethodHandle adjtimex) {
        this.adjtimex = adjtimex;
    }

    /// Looks libc's function up; where it is missing the state is unknown.
    public static KernelClock ofThisMachine() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return new KernelClock(null);
        }
        var linker = Linker.nativeLinker();
        return new KernelClock(
                linker.defaultLookup()
                        .find("adjtimex")
                        .map(found ->
                                linker.downcallHandle(
                                        found,
                                        FunctionDescriptor.of(
                                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
                        .orElse(null));
    }

    /// How far the clock can be trusted now. Any thread.
    public ClockState state() {
        if (adjtimex == null) {
            return ClockState.UNKNOWN;
        }
        try (var arena = Arena.ofConfined()) {
            MemorySegment asksOnly = arena.allocate(ROOM, Long.BYTES);
            var answer = (int) adjtimex.invokeExact(asksOnly);
            if (answer < 0) {
                return ClockState.UNKNOWN;
            }
            return answer == NOT_SYNCHRONISED ? ClockState.FREE : ClockState.SYNCHRONISED;
        } catch (Throwable e) {
            // MethodHandle.invokeExact declares Throwable; libc itself throws nothing.
            return ClockState.UNKNOWN;
        }
    }
}
