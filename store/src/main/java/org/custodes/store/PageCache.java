package org.custodes.store;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// `posix_fadvise(2)`: tells the system which bytes of a file it need not keep in memory. A recorder
/// fills gigabytes an hour that hardly anybody reads; left alone they push out everything else, and
/// each new page has to be found and cleared instead of being one of those just freed (measured: 1 ms
/// of processor time per camera-second against 0.2).
@SuppressWarnings("restricted") // calling libc is this class's whole purpose
final class PageCache {
    /// `O_RDONLY | O_NOFOLLOW | O_CLOEXEC` on Linux.
    private static final int READ = 0xA0000;

    private static final int DONT_NEED = 4;

    private final @Nullable Calls calls;

    private PageCache(@Nullable Calls calls) {
        this.calls = calls;
    }

    /// Looks libc's functions up; where one is missing, nothing is ever told.
    static PageCache ofThisMachine() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return new PageCache(null);
        }
        var linker = Linker.nativeLinker();
        var names = linker.defaultLookup();
        var open = names.find("open");
        var close = names.find("close");
        var advise = names.find("posix_fadvise");
        if (open.isEmpty() || close.isEmpty() || advise.isEmpty()) {
            return new PageCache(null);
        }
        var number = ValueLayout.JAVA_INT;
        return new PageCache(
                new Calls(
                        linker.downcallHandle(
                                open.get(),
                                FunctionDescriptor.of(number, ValueLayout.ADDRESS, number),
                                Linker.Option.firstVariadicArg(2)),
                        linker.downcallHandle(close.get(), FunctionDescriptor.of(number, number)),
                        linker.downcallHandle(
                                advise.get(),
                                FunctionDescriptor.of(
                                        number,
                                        number,
                                        ValueLayout.JAVA_LONG,
                                        ValueLayout.JAVA_LONG,
                                        number))));
    }

    /// Lets the bytes from `from` to `to` of a file go, those that are on the disk. Whether it comes to
    /// pass is the system's affair.
    void letGo(Path file, long from, long to) {
        if (calls != null) {
            calls.letGo(file, from, to);
        }
    }

    private record Calls(MethodHandle open, MethodHandle close, MethodHandle advise) {

        void letGo(Path file, long from, long to) {
            try (var arena = Arena.ofConfined()) {
                var descriptor = (int) open.invoke(arena.allocateFrom(file.toString()), READ);
                if (descriptor >= 0) {
                    var _ = (int) advise.invoke(descriptor, from, to - from, DONT_NEED);
                    var _ = (int) close.invoke(descriptor);
                }
            } catch (Throwable e) {
                // MethodHandle.invoke declares Throwable; libc itself throws nothing.
                throw new IllegalStateException("posix_fadvise could not be called", e);
            }
        }
    }
}
