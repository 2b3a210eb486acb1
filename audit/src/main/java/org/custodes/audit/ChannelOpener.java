package org.custodes.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// Opens the files that the log writes, so that a test can hand in a disk that fails.
interface ChannelOpener {
    FileChannel open(Path file, OpenOption... options) throws IOException;
}
