/// Video words: cameras, tracks, frames, codecs. No I/O, no thread.
module org.custodes.media {
    requires static org.jspecify;

    exports org.custodes.media;
}
