package org.custodes.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where browsers reach the server: what its links begin with.
final class DoorOptions {
    @Option(
            names = "--port",
            defaultValue = "8443",
            description = "The port that the server listens on. Default: ${DEFAULT-VALUE}")
    private int port = 8443;

    @Option(
            names = "--name",
            defaultValue = "localhost",
            description =
                    "The one host name of the server: of its certificate, cookies and links."
                            + " Default: ${DEFAULT-VALUE}")
    private String name = "localhost";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /// @throws picocli.CommandLine.ParameterException if it is none
    int port() {
        RecorderOptions.checkPort(spec, "--port", port);
        return port;
    }

    String name() {
        return name;
    }
}
