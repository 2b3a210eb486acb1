/// Video words that every room shares: which camera, which track, one picture, one codec.
///
/// Enter by [Frame], one access unit as a camera sent it, and [CodecConfig], what a decoder must be
/// told before it. Nothing here does I/O, starts a thread or knows how a picture is stored or sent.
@org.jspecify.annotations.NullMarked
package org.custodes.media;
