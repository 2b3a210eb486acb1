package org.custodes.rtsp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stream that could not be opened, or that ended. The message tells what, why and the next step;
/// it names the camera by host and port and contains no credential, path or picture.
public final class RtspException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What went wrong, for those who act on it: retry, ask a person, or give up.
    public enum Fault {
        /// No TCP connection: refused, no route, or no answer in time.
        UNREACHABLE,
        /// Something answered, but not in RTSP.
        NOT_RTSP,
        /// It was to be encrypted, and the camera does not come to terms about TLS 1.2 or 1.3.
        NO_ENCRYPTION,
        /// It showed another certificate than the one that it is known by: [#certificate()].
        CERTIFICATE_CHANGED,
        /// User or password missing or wrong; trying again only locks the account.
        WRONG_CREDENTIALS,
        /// The camera understood and said no: too many clients, not allowed, a fault of its own.
        REFUSED_BY_CAMERA,
        /// The camera has no stream of that name.
        NOT_FOUND,
        /// The stream has no video.
        NO_VIDEO,
        /// The stream's video is in no codec that is recorded: the message names it.
        UNSUPPORTED_CODEC,
        /// Nothing came for too long.
        SILENT,
        /// The camera closed the connection or said that the stream is over.
        ENDED_BY_CAMERA,
        /// What came breaks the protocol so that reading on makes no sense.
        PROTOCOL,
        /// Something came that is longer than any camera needs.
        TOO_LARGE,
        /// The thread was interrupted while the session was opened.
        INTERRUPTED
    }

    private final Fault fault;
    private final transient @Nullable CertificatePin certificate;

    /// A fault in which no certificate was shown.
    ///
    /// @param message what, why and the next step
    public RtspException(Fault fault, String message) {
        this(fault, message, null);
    }

    RtspException(Fault fault, String message, @Nullable Throwable cause) {
        this(fault, message, cause, null);
    }

    private RtspException(
            Fault fault,
            String message,
            @Nullable Throwable cause,
            @Nullable CertificatePin certificate) {
        super(message, cause);
        this.fault = fault;
        this.certificate = certificate;
    }

    static RtspException certificateChanged(CertificatePin known, CertificatePin shown) {
        return new RtspException(
                Fault.CERTIFICATE_CHANGED,
                ("It shows another certificate (%s) than the one that it is known by (%s), so it may be"
                                + " somebody else; nothing was said to it. If the camera was changed, compare the"
                                + " new one with what its own page shows, and accept it")
                        .formatted(shown, known),
                null,
                shown);
    }

    /// The same as a whole sentence. It does not tell the camera's address: who watches cameras need not
    /// know it, and who configures them sees it beside the message.
    RtspException asSentence() {
        return new RtspException(fault, getMessage() + ".", this, certificate);
    }

    /// The certificate that the camera showed in place of the one that it is known by.
    public Optional<CertificatePin> certificate() {
        return Optional.ofNullable(certificate);
    }

    public Fault fault() {
        return fault;
    }
}
