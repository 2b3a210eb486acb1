/// How a camera's picture comes in: RTSP 1.0 (RFC 2326), in the clear or over TLS, pictures on its
/// connection or as datagrams, digest, SDP, RTP and RTCP, and the putting back together of H.264 (RFC
/// 6184), H.265 (RFC 7798) and MJPEG (RFC 2435), in pure Java.
///
/// Enter by [RtspSession], one camera's stream from its opening to its end, or by [RtspProbe], which
/// looks at a camera and tells facts about it, never a picture. One session is read by one thread.
/// Retries, recording and what a frame is for are left to `capture`; host names are never resolved
/// here. Everything a camera sends is hostile until parsed: `docs/design/rtsp.md` tells the bounds.
@org.jspecify.annotations.NullMarked
package org.custodes.rtsp;
