package org.custodes.media;

/// A NAL unit says something that its codec does not allow, or is cut off.
public final class MalformedNalException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    MalformedNalException(String message) {
        super(message);
    }
}
