package org.custodes.rtsp;
final class RtspAddress {}
