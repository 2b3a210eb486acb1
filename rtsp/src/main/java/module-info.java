/// RTSP, digest, RTP and RTCP, depacketizing, in pure Java.
module org.custodes.rtsp {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.signals;

    exports org.custodes.rtsp;
}
